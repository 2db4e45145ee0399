package io.plugboard.controller.source;

import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbSession;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** A connection on which a test answers. */
final class FakeSession implements OvsdbSession {
    private final BlockingQueue<Transaction> transactions = new LinkedBlockingQueue<>();

    record Transaction(List<Operation> operations, CompletableFuture<List<OperationResult>> answer) {
        void succeeds() {
            answer.complete(operations.stream()
                    .<OperationResult>map(operation -> new OperationResult.Done(1, Optional.empty()))
                    .toList());
        }

        /** What is written as the state of rows. */
        List<String> states() {
            return operations.stream()
                    .filter(Operation.PutKeys.class::isInstance)
                    .map(operation -> ((Operation.PutKeys) operation).put().getOrDefault(Keys.STATE, "removed"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public SocketAddress localAddress() {
        return new InetSocketAddress("127.0.0.1", 6640);
    }

    @Override
    public SocketAddress remoteAddress() {
        return new InetSocketAddress("127.0.0.1", 50000);
    }

    @Override
    public CompletionStage<List<OperationResult>> transact(List<Operation> operations) {
        Transaction transaction = new Transaction(operations, new CompletableFuture<>());
        transactions.add(transaction);
        return transaction.answer();
    }

    /** The next one, when it comes. */
    Transaction next() throws InterruptedException {
        return transactions.take();
    }

    @Override
    public void close(String reason) {}
}
