package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.netty.channel.Channel;
import io.plugboard.ovsdb.wire.Rpc;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transactions of one connection: a bounded number at a time, sent in their order as the peer reads them. Lives on the
 * channel's own thread, but for {@link #submit}.
 */
final class Transactions {
    private final Channel channel;
    private final Calls calls;
    private final OvsdbLimits limits;
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Pending> unsent = new ArrayDeque<>();
    private final Set<Pending> sent = new HashSet<>();
    private boolean isSending;
    private Optional<IOException> end = Optional.empty();

    /** Each is itself alone: two may do the same. */
    private static final class Pending {
        private final ArrayNode params;
        private final int operations;
        private final CompletableFuture<List<OperationResult>> outcome = new CompletableFuture<>();

        Pending(List<Operation> operations) {
            this.params = Transaction.params(operations);
            this.operations = operations.size();
        }
    }

    Transactions(Channel channel, Calls calls, OvsdbLimits limits) {
        this.channel = channel;
        this.calls = calls;
        this.limits = limits;
    }

    /** May be called from any thread. */
    CompletionStage<List<OperationResult>> submit(List<Operation> operations) {
        Pending pending = new Pending(operations);
        if (taken.incrementAndGet() > limits.transactions()) {
            fail(
                    pending,
                    new IOException("not sent: " + limits.transactions() + " transactions have not been answered yet"));
            return pending.outcome;
        }
        try {
            channel.eventLoop().execute(() -> {
                unsent.add(pending);
                sendSome();
            });
        } catch (RejectedExecutionException closed) {
            fail(pending, new IOException("not sent: the connection is closed"));
        }
        return pending.outcome;
    }

    /** Sends as long as the peer reads. */
    void sendSome() {
        end.ifPresent(this::failAll);
        if (isSending) {
            // To write is to be told at once that the channel can be written to.
            return;
        }
        isSending = true;
        while (channel.isWritable() && !unsent.isEmpty()) {
            Pending pending = unsent.remove();
            sent.add(pending);
            calls.ask("transact", pending.params, limits.answer(), answer -> answered(pending, answer));
        }
        isSending = false;
    }

    private void answered(Pending pending, Rpc.Response answer) {
        // First: a result of the wrong shape ends the connection, and with it all that has been sent.
        List<OperationResult> results = answer.error().isNull()
                ? Transaction.results(answer.result(), pending.operations)
                : Transaction.refused(answer.error(), pending.operations);
        sent.remove(pending);
        taken.decrementAndGet();
        pending.outcome.complete(results);
    }

    /** The connection has ended, and no answer will come any more. */
    void end(IOException reason) {
        end = Optional.of(reason);
        failAll(reason);
    }

    private void failAll(IOException reason) {
        List<Pending> all = new ArrayList<>(sent);
        all.addAll(unsent);
        sent.clear();
        unsent.clear();
        all.forEach(pending -> fail(pending, reason));
    }

    private void fail(Pending pending, IOException reason) {
        taken.decrementAndGet();
        pending.outcome.completeExceptionally(reason);
    }
}
