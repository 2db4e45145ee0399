package io.plugboard.controller.openflow;

import com.google.common.net.HostAndPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import io.plugboard.controller.reconcile.ConnectionLost;
import io.plugboard.controller.reconcile.SwitchEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its accept to its end: what its states share. Lives on the channel's event loop, but for
 * {@link #ask}, {@link #end}, {@link #execute}, {@link #probe} and {@link #address}, which any thread may call.
 */
final class Session extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** What may wait for a switch that does not read, beside what {@link Exchanges} holds back: answers to its messages. */
    private static final long MAX_UNSENT_OCTETS = 2L << 20;

    /** How much of a refused message goes back with the error (OpenFlow 1.3.5, 7.4.4). */
    private static final int ERROR_DATA_OCTETS = 64;

    private final Channel channel;
    private final Registry registry;
    private final SwitchEvents events;
    private final SessionLimits limits;
    private final Exchanges exchanges;
    private final Liveness liveness;
    private volatile String address = "unknown";
    private SessionState state = new AwaitingHello(this);
    private @Nullable Future<?> handshakeDeadline;

    Session(Channel channel, Registry registry, SwitchEvents events, SessionLimits limits) {
        this.channel = channel;
        this.registry = registry;
        this.events = events;
        this.limits = limits;
        this.exchanges = new Exchanges(channel);
        this.liveness = new Liveness(this, channel.eventLoop(), limits);
    }

    Registry registry() {
        return registry;
    }

    SwitchEvents events() {
        return events;
    }

    SessionLimits limits() {
        return limits;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    String address() {
        return address;
    }

    // What Netty calls.

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // A channel that has been closed no longer knows it.
        if (channel.remoteAddress() instanceof InetSocketAddress remote) {
            address = HostAndPort.fromParts(remote.getAddress().getHostAddress(), remote.getPort())
                    .toString();
        }
        if (!registry.enter(this)) {
            close("there are " + limits.sessions() + " connections already");
            return;
        }
        handshakeDeadline = channel.eventLoop()
                .schedule(
                        () -> close("no handshake within " + limits.handshake().toMillis() + " ms"),
                        limits.handshake().toNanos(),
                        TimeUnit.NANOSECONDS);
        state.enter();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        Frame frame = new Frame(bytes);
        if (!frame.hasHeader()) {
            close("it sent a message of " + frame.length() + " octets");
            return;
        }
        liveness.heard();
        try {
            state.received(frame);
        } catch (ProtocolViolation e) {
            close(e.getMessage());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            skip(frame, e.toString());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        exchanges.sendSoon();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close("it closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            close(String.valueOf(cause.getMessage()));
        } else {
            LOG.error("{}: closing the session after an error of ours", address(), cause);
            close("an error of the controller: " + cause);
        }
    }

    // What the states and their helpers call.

    void become(SessionState next) {
        state = next;
        next.enter();
    }

    boolean isIn(SessionState other) {
        return state.equals(other);
    }

    /** From now on the switch has to show every now and then that it is there. */
    void handshakeIsThrough() {
        cancelHandshakeDeadline();
        liveness.start();
    }

    private void cancelHandshakeDeadline() {
        if (handshakeDeadline != null) {
            handshakeDeadline.cancel(false);
        }
    }

    /** Does nothing when the session is over. */
    void close(@Nullable String reason) {
        if (state instanceof Closed) {
            return;
        }
        SessionState last = state;
        Closed closed = new Closed(this, String.valueOf(reason));
        state = closed;
        LOG.debug("{}: closed, {}", address(), reason);
        try {
            cancelHandshakeDeadline();
            // First: who hears of the end may connect another in its place.
            registry.leave(this);
            exchanges.failAll(closed.lost());
            last.closed(String.valueOf(reason));
            liveness.stop();
        } finally {
            channel.close();
        }
    }

    /** A session ended that nobody has heard of. */
    void handshakeFailed(String reason) {
        events.handshakeFailed(address(), reason);
    }

    /** Sends a message that has no answer, or none that anybody waits for. */
    void send(OFMessage.Builder message) {
        ByteBuf out = channel.alloc().buffer();
        message.setXid(Integer.toUnsignedLong(exchanges.newXid())).build().writeTo(out);
        send(out);
    }

    void ping() {
        send(OpenFlow13.FACTORY.buildEchoRequest());
    }

    void answerEcho(Frame request) {
        ByteBuf reply = channel.alloc().buffer(request.length());
        Frame.writeHeader(OpenFlow13.ECHO_REPLY, request.length(), request.xid(), reply);
        send(reply.writeBytes(request.body()));
    }

    /** Answers a message with an error whose data are the message's first octets. */
    void refuse(Frame frame, ErrorType type, String code) {
        registry.skipped();
        ByteBuf data = frame.bytes().slice(frame.bytes().readerIndex(), Math.min(frame.length(), ERROR_DATA_OCTETS));
        sendError(frame.xid(), type, code, data);
    }

    /** Answers a message with an error whose data are a text for people. */
    void refuse(Frame frame, ErrorType type, String code, String text) {
        sendError(frame.xid(), type, code, ByteBufUtil.writeAscii(channel.alloc(), text));
    }

    private void sendError(int xid, ErrorType type, String code, ByteBuf data) {
        int length = Frame.HEADER_LENGTH + 2 * Short.BYTES + data.readableBytes();
        ByteBuf error = channel.alloc().buffer(length);
        Frame.writeHeader(OpenFlow13.ERROR, length, xid, error);
        error.writeShort(type.ordinal());
        error.writeShort(type.code(code));
        send(error.writeBytes(data));
    }

    private void send(ByteBuf message) {
        channel.writeAndFlush(message);
        // A channel that has closed already never becomes writable, whoever closed it.
        if (channel.isActive() && channel.bytesBeforeWritable() > MAX_UNSENT_OCTETS) {
            close("it asks and does not read the answers");
        }
    }

    /** Counts a frame that the session could do without. */
    void skip(Frame frame, String why) {
        registry.skipped();
        LOG.debug("{}: skipped a message of type {}: {}", address(), frame.type(), why);
    }

    void log(String what, String detail) {
        LOG.debug("{}: {}: {}", address(), what, detail);
    }

    // What any thread may call.

    void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /** Completes when the session has ended, and its end has been told. */
    CompletableFuture<Void> end(String reason) {
        return CompletableFuture.runAsync(() -> close(reason), channel.eventLoop());
    }

    /** Asks the switch; the outcome comes on the event loop, in the order of asking. */
    <T> CompletionStage<T> ask(Exchange<T> exchange) {
        try {
            execute(() -> {
                if (state instanceof Closed closed) {
                    exchange.fail(closed.lost());
                    exchange.conclude();
                } else {
                    exchanges.ask(exchange);
                }
            });
        } catch (RejectedExecutionException e) {
            exchange.fail(new ConnectionLost("the server has been closed"));
            exchange.conclude();
        }
        return exchange.outcome();
    }

    /** Asks the switch whether it is there; false when it is not, and then this session is over. */
    CompletionStage<Boolean> probe() {
        return CompletableFuture.supplyAsync(this::probeNow, channel.eventLoop())
                .thenCompose(Function.identity());
    }

    private CompletionStage<Boolean> probeNow() {
        return state instanceof Closed ? CompletableFuture.completedStage(false) : liveness.probe();
    }
}
