package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.plugboard.ovsdb.wire.JsonCutter;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import io.plugboard.ovsdb.wire.Rpc;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: asks for the schema, then for the rows, then follows them. A peer that does not answer in time, or not as the
 * protocol says, is left. All of it happens on the channel's own thread.
 */
final class Session extends SimpleChannelInboundHandler<Rpc> implements OvsdbSession {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Channel channel;
    private final OvsdbLimits limits;
    private final OvsdbListener listener;
    private final Optional<Followed> before;

    private final Map<Integer, Consumer<Rpc.Response>> requests = new HashMap<>();
    private final Map<Integer, CompletableFuture<List<OperationResult>>> transactions = new HashMap<>();
    private int lastId;
    private Optional<ScheduledFuture<?>> deadline = Optional.empty();
    private boolean isAskedWhetherItIsThere;

    private Optional<Followed> followed = Optional.empty();
    private Monitoring monitoring = Monitoring.SINCE;
    private boolean isTold;
    private Optional<String> end = Optional.empty();

    /** @param before how far an earlier connection to the same address has come */
    Session(Channel channel, OvsdbLimits limits, OvsdbListener listener, Optional<Followed> before) {
        this.channel = channel;
        this.limits = limits;
        this.listener = listener;
        this.before = before;
    }

    /** How far it has come; to be asked for when it has ended. */
    Optional<Followed> followed() {
        return followed;
    }

    @Override
    public SocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        log.debug("OVSDB of {}: connected", name());
        deadline = Optional.of(channel.eventLoop()
                .schedule(
                        () -> close("it has not told what is in it within "
                                + limits.answer().toSeconds() + " s"),
                        limits.answer().toMillis(),
                        TimeUnit.MILLISECONDS));
        request("get_schema", JSON.arrayNode().add(Table.DATABASE), this::schemaRead);
    }

    private void schemaRead(Rpc.Response response) {
        if (!response.error().isNull()) {
            throw new ProtocolViolation("no schema of " + Table.DATABASE + ": " + words(response.error()));
        }
        Schema schema = Schema.of(response.result());
        channel.pipeline().get(JsonCutter.class).limitOctets(limits.messageOctets());
        Followed from = before.filter(there -> there.replica().schema().equals(schema))
                .orElseGet(() -> new Followed(new Replica(schema), Monitoring.NEVER));
        monitor(from);
    }

    private void monitor(Followed from) {
        request(monitoring.method(), monitoring.params(from.replica().schema(), from.since()), response -> {
            Optional<Monitoring> otherwise = monitoring.otherwise();
            if (response.error().isNull()) {
                follow(from.replica(), monitoring.begin(from.replica(), response.result()));
            } else if (otherwise.isPresent()) {
                monitoring = otherwise.get();
                monitor(from);
            } else {
                throw new ProtocolViolation("it cannot be followed: " + words(response.error()));
            }
        });
    }

    private void follow(Replica replica, String since) {
        deadline.ifPresent(waiting -> waiting.cancel(false));
        followed = Optional.of(new Followed(replica, since));
        tell(replica);
    }

    private void tell(Replica replica) {
        Optional<Snapshot> snapshot = replica.snapshot();
        if (snapshot.isEmpty()) {
            return;
        }
        if (isTold) {
            listener.changed(this, snapshot.get());
        } else {
            isTold = true;
            listener.connected(this, snapshot.get());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Rpc message) {
        isAskedWhetherItIsThere = false;
        if (message instanceof Rpc.Request request) {
            answer(request);
        } else if (message instanceof Rpc.Notification notification) {
            hear(notification);
        } else if (message instanceof Rpc.Response response) {
            answered(response);
        }
    }

    private void answer(Rpc.Request request) {
        Rpc.Response answer = request.method().equals("echo")
                ? new Rpc.Response(request.params(), NullNode.instance, request.id())
                : new Rpc.Response(NullNode.instance, JSON.textNode("unknown method"), request.id());
        channel.writeAndFlush(answer);
    }

    private void hear(Rpc.Notification notification) {
        if (followed.isPresent() && notification.method().equals(monitoring.notification())) {
            Replica replica = followed.get().replica();
            followed = Optional.of(new Followed(replica, monitoring.update(replica, notification.params())));
            tell(replica);
        } else {
            throw new ProtocolViolation("a notification that nobody has asked for");
        }
    }

    private void answered(Rpc.Response response) {
        int id = response.id().asInt();
        Consumer<Rpc.Response> then = response.id().isInt() ? requests.remove(id) : null;
        if (then == null) {
            throw new ProtocolViolation("an answer to what nobody has asked");
        }
        then.accept(response);
    }

    private void request(String method, ArrayNode params, Consumer<Rpc.Response> then) {
        lastId++;
        requests.put(lastId, then);
        channel.writeAndFlush(new Rpc.Request(method, params, IntNode.valueOf(lastId)));
    }

    @Override
    public CompletionStage<List<OperationResult>> transact(List<Operation> operations) {
        CompletableFuture<List<OperationResult>> done = new CompletableFuture<>();
        List<Operation> all = List.copyOf(operations);
        channel.eventLoop().execute(() -> transact(all, done));
        return done;
    }

    private void transact(List<Operation> operations, CompletableFuture<List<OperationResult>> done) {
        if (end.isPresent() || !channel.isActive()) {
            done.completeExceptionally(ended());
        } else if (transactions.size() >= limits.transactions()) {
            done.completeExceptionally(
                    new IOException(name() + " has not answered " + transactions.size() + " transactions yet"));
        } else {
            int id = lastId + 1;
            transactions.put(id, done);
            request("transact", Transaction.params(operations), response -> {
                transactions.remove(id);
                if (response.error().isNull()) {
                    done.complete(Transaction.results(response.result(), operations.size()));
                } else {
                    done.completeExceptionally(new IOException(words(response.error())));
                }
            });
        }
    }

    private IOException ended() {
        return new IOException("the session with " + name() + " has ended: " + end.orElse("closed"));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            if (isAskedWhetherItIsThere) {
                close("it has not answered an echo within " + limits.idle().toMillis() + " ms");
            } else {
                isAskedWhetherItIsThere = true;
                request("echo", JSON.arrayNode(), response -> {});
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof ProtocolViolation)) {
            cause = cause.getCause();
        }
        if (cause instanceof ProtocolViolation || cause instanceof IOException) {
            close(Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
        } else {
            log.error("OVSDB of {}: it is left", name(), thrown);
            close("a fault of ours: " + cause);
        }
    }

    @Override
    public void close(String reason) {
        channel.eventLoop().execute(() -> {
            if (end.isEmpty()) {
                end = Optional.of(reason);
            }
            channel.close();
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.ifPresent(waiting -> waiting.cancel(false));
        String reason = end.orElse("the other side has closed the connection");
        end = Optional.of(reason);
        transactions.values().forEach(waiting -> waiting.completeExceptionally(ended()));
        transactions.clear();
        requests.clear();
        if (isTold) {
            listener.disconnected(this, reason);
        } else {
            log.warn("OVSDB of {}: left before it was known: {}", name(), reason);
        }
        context.fireChannelInactive();
    }

    private String name() {
        return String.valueOf(channel.remoteAddress());
    }

    private static String words(JsonNode error) {
        return error.isTextual()
                ? error.textValue()
                : error.path("error").asText() + " " + error.path("details").asText();
    }

    /** {@code OVSDB of 192.0.2.1:40120}. */
    @Override
    public String toString() {
        return "OVSDB of " + name();
    }
}
