package io.plugboard.ovsdb;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for Open vSwitches to connect: {@code ovs-vsctl set-manager tcp:HOST:6640}, or {@code ssl:}. */
public final class OvsdbServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OvsdbServer.class);
    private static final int THREADS = 2;

    private final InetSocketAddress listen;
    private final Optional<SslContext> tls;
    private final OvsdbLimits limits;
    private final OvsdbListener listener;
    private final MultiThreadIoEventLoopGroup threads = Pipeline.threads(THREADS, "ovsdb");
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private Optional<Channel> server = Optional.empty();

    public OvsdbServer(InetSocketAddress listen, Optional<SslContext> tls, OvsdbLimits limits, OvsdbListener listener) {
        this.listen = listen;
        this.tls = tls;
        this.limits = limits;
        this.listener = listener;
    }

    /** @throws IOException when it cannot listen there; the message says why */
    public void start() throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
        var bound = bootstrap.bind(listen).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for OVSDB on " + listen.getHostString() + ":" + listen.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        server = Optional.of(bound.channel());
    }

    private void accept(SocketChannel channel) {
        if (connections.size() >= limits.connections()) {
            log.warn("OVSDB of {}: turned away, there are {} connections", channel.remoteAddress(), connections.size());
            channel.close();
            return;
        }
        connections.add(channel);
        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
        Pipeline.in(channel, limits, listener, Optional.empty());
    }

    /** Where it listens; once it does. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) server.orElseThrow().localAddress();
    }

    @Override
    public void close() {
        server.ifPresent(Channel::close);
        connections.close().awaitUninterruptibly();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
