package io.plugboard.ovsdb;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for Open vSwitches to connect: {@code ovs-vsctl set-manager tcp:HOST:6640}, or {@code ssl:}. */
public final class OvsdbServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OvsdbServer.class);
    private static final int THREADS = 2;

    private final InetSocketAddress listen;
    private final Optional<SslContext> tls;
    private final OvsdbLimits limits;
    private final Pipeline pipeline;
    private final MultiThreadIoEventLoopGroup threads = Pipeline.threads(THREADS);
    private final Map<Channel, Session> sessions = new ConcurrentHashMap<>();
    private Optional<Channel> listening = Optional.empty();

    public OvsdbServer(InetSocketAddress listen, Optional<SslContext> tls, OvsdbLimits limits, OvsdbListener listener) {
        this.listen = listen;
        this.tls = tls;
        this.limits = limits;
        this.pipeline = new Pipeline(limits, listener);
    }

    /**
     * Open vSwitches can connect when this returns.
     *
     * @throws IOException when it cannot listen there; the message says why
     */
    public void start() throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, limits.connections())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for OVSDB on " + listen.getHostString() + ":" + listen.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = Optional.of(bound.channel());
    }

    private void accept(Channel channel) {
        if (sessions.size() >= limits.connections()) {
            LOG.warn("OVSDB of {}: turned away, there are {} connections", channel.remoteAddress(), sessions.size());
            channel.close();
            return;
        }
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        sessions.put(channel, pipeline.in(channel, Optional.empty()));
        channel.closeFuture().addListener(closed -> sessions.remove(channel));
    }

    /** Where it listens, the port that the system has chosen included; once it does. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) listening.orElseThrow().localAddress();
    }

    /** Ends all sessions, and returns when their ends have been told. Not to be called by a listener. */
    @Override
    public void close() {
        if (threads.isShuttingDown()) {
            return;
        }
        listening.ifPresent(channel -> channel.close().awaitUninterruptibly());
        List<? extends Future<?>> ends = sessions.entrySet().stream()
                .map(entry ->
                        entry.getKey().eventLoop().submit(() -> entry.getValue().end("the server has been closed")))
                .toList();
        ends.forEach(Future::awaitUninterruptibly);
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
