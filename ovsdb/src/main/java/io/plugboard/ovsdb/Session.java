package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.timeout.IdleStateEvent;
import io.plugboard.ovsdb.wire.JsonCutter;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import io.plugboard.ovsdb.wire.Rpc;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: asks for the schema, then for the rows, then follows them. A peer that does not answer in time, or not as the
 * protocol says, is left. All of it happens on the channel's own thread.
 */
final class Session extends SimpleChannelInboundHandler<Rpc> implements OvsdbSession {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Of answers that wait for a peer that asks and does not read. */
    private static final long MAX_UNSENT_OCTETS = 2L << 20;

    private final Channel channel;
    private final OvsdbLimits limits;
    private final OvsdbListener listener;
    private final Optional<Followed> before;
    private final Calls calls;
    private final Transactions transactions;

    private volatile @Nullable SocketAddress local;
    private volatile @Nullable SocketAddress remote;
    private Optional<Followed> followed = Optional.empty();
    private Monitoring monitoring = Monitoring.SINCE;
    private boolean isTold;

    /** By which the listener knows the database. */
    private Optional<UUID> root = Optional.empty();

    private Optional<String> end = Optional.empty();

    /** @param before how far an earlier connection to the same address has come */
    Session(Channel channel, OvsdbLimits limits, OvsdbListener listener, Optional<Followed> before) {
        this.channel = channel;
        this.limits = limits;
        this.listener = listener;
        this.before = before;
        this.calls = new Calls(channel, this::end);
        this.transactions = new Transactions(channel, calls, limits);
    }

    /** How far it has come; to be asked for when it has ended. */
    Optional<Followed> followed() {
        return followed;
    }

    // What any thread may call.

    @Override
    public SocketAddress localAddress() {
        return known(local);
    }

    @Override
    public SocketAddress remoteAddress() {
        return known(remote);
    }

    private static SocketAddress known(@Nullable SocketAddress address) {
        if (address == null) {
            throw new IllegalStateException("the session has not begun");
        }
        return address;
    }

    @Override
    public CompletionStage<List<OperationResult>> transact(List<Operation> operations) {
        return transactions.submit(operations);
    }

    @Override
    public void close(String reason) {
        try {
            channel.eventLoop().execute(() -> end(reason));
        } catch (RejectedExecutionException ended) {
            LOG.debug("{}: has ended before", this);
        }
    }

    // What Netty calls.

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // A channel that has been closed no longer knows them.
        local = channel.localAddress();
        remote = channel.remoteAddress();
        LOG.debug("{}: connected", this);
        calls.ask("get_schema", JSON.arrayNode().add(Table.DATABASE), limits.greeting(), this::schemaRead);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Rpc message) {
        if (end.isPresent()) {
            return;
        }
        if (message instanceof Rpc.Request request) {
            answer(request);
        } else if (message instanceof Rpc.Notification notification) {
            hear(notification);
        } else if (message instanceof Rpc.Response response) {
            calls.answered(response);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        transactions.sendSome();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent idle)) {
            context.fireUserEventTriggered(event);
        } else if (!idle.isFirst()) {
            end("it has said nothing for " + limits.idle().multipliedBy(2).toMillis() + " ms");
        } else if (end.isEmpty()) {
            calls.ask("echo", JSON.arrayNode(), limits.answer(), response -> {});
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !isOfThePeer(cause)) {
            cause = cause.getCause();
        }
        if (isOfThePeer(cause)) {
            end(words(cause));
        } else if (end.isEmpty()) {
            LOG.error("{}: it is left", this, thrown);
            end("a fault of ours: " + cause);
        }
    }

    private static String words(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            return "it does not speak TLS, which this port does: ovs-vsctl set-manager ssl:HOST:PORT";
        } else if (cause instanceof SSLHandshakeException) {
            return "no TLS with it, mind the certificates of both sides: " + cause.getMessage();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }

    private static boolean isOfThePeer(Throwable cause) {
        return cause instanceof ProtocolViolation || cause instanceof IOException;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("the other side has closed the connection");
        context.fireChannelInactive();
    }

    // From the schema to the rows.

    private void schemaRead(Rpc.Response response) {
        if (!response.error().isNull()) {
            throw new ProtocolViolation("no schema of " + Table.DATABASE + ": " + words(response.error()));
        }
        Schema schema = Schema.of(response.result());
        channel.pipeline().get(JsonCutter.class).limitOctets(limits.messageOctets());
        monitor(before.filter(there -> there.replica().schema().equals(schema))
                .orElseGet(() -> Followed.nothing(schema)));
    }

    private void monitor(Followed from) {
        calls.ask(monitoring.method(), monitoring.params(from), limits.answer(), response -> {
            Optional<Monitoring> otherwise = monitoring.otherwise();
            if (response.error().isNull()) {
                follow(monitoring.begin(from, response.result()));
            } else if (otherwise.isPresent() && words(response.error()).equals("unknown method")) {
                monitoring = otherwise.get();
                monitor(from);
            } else {
                throw new ProtocolViolation("it cannot be followed: " + words(response.error()));
            }
        });
    }

    private void hear(Rpc.Notification notification) {
        if (followed.isEmpty() || !notification.method().equals(monitoring.notification())) {
            throw new ProtocolViolation("a notification that nobody has asked for");
        }
        follow(monitoring.update(followed.get(), notification.params()));
    }

    private void follow(Followed next) {
        if (next.replica().octets() > limits.replicaOctets()) {
            throw new ProtocolViolation("its rows take more than " + limits.replicaOctets() + " octets");
        }
        followed = Optional.of(next);
        Optional<Snapshot> snapshot = next.replica().snapshot();
        if (snapshot.isEmpty()) {
            // Nobody has called "ovs-vsctl init" yet; who has been told of a database is not left with what it was.
            if (isTold) {
                end("the row of " + Table.OPEN_VSWITCH.title() + " is gone");
            }
        } else if (!isTold) {
            isTold = true;
            root = Optional.of(snapshot.get().root().uuid());
            listener.connected(this, snapshot.get());
        } else if (root.equals(Optional.of(snapshot.get().root().uuid()))) {
            listener.changed(this, snapshot.get());
        } else {
            end("the row of " + Table.OPEN_VSWITCH.title() + " is another one");
        }
    }

    private void answer(Rpc.Request request) {
        Rpc.Response answer = request.method().equals("echo")
                ? new Rpc.Response(request.params(), NullNode.instance, request.id())
                : new Rpc.Response(NullNode.instance, JSON.textNode("unknown method"), request.id());
        channel.writeAndFlush(answer);
        if (channel.isActive() && channel.bytesBeforeWritable() > MAX_UNSENT_OCTETS) {
            end("it asks and does not read the answers");
        }
    }

    /** Does nothing when it has ended. Not for what a listener may call: that one is told of one thing after the other. */
    void end(String reason) {
        if (end.isPresent()) {
            return;
        }
        end = Optional.of(reason);
        try {
            calls.end();
            transactions.end(new IOException(this + " has ended: " + reason));
            if (isTold) {
                LOG.debug("{}: ended, {}", this, reason);
                listener.disconnected(this, reason);
            } else if (remote != null) {
                LOG.warn("{}: left before it was known: {}", this, reason);
            }
        } finally {
            channel.close();
        }
    }

    private static String words(JsonNode error) {
        return error.isTextual()
                ? error.textValue()
                : error.path("error").asText() + ": " + error.path("details").asText();
    }

    /** {@code OVSDB of /192.0.2.1:40120}. */
    @Override
    public String toString() {
        return "OVSDB of " + remote;
    }
}
