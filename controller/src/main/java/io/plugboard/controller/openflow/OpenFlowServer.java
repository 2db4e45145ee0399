package io.plugboard.controller.openflow;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.plugboard.controller.reconcile.SwitchEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for switches that speak OpenFlow 1.3. What they say goes up through {@link SwitchEvents}; what they are told comes
 * down through the {@link io.plugboard.controller.reconcile.SwitchConnection} that each of them is announced with.
 */
public final class OpenFlowServer implements AutoCloseable {
    /** Octets that wait for one switch to read; encoding goes on below the first figure and stops above the second. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(128 << 10, 512 << 10);

    private static final int BACKLOG = 4096;

    private final InetSocketAddress listen;
    private final SwitchEvents events;
    private final SessionLimits limits;
    private final Registry registry;
    private final MultiThreadIoEventLoopGroup loops;
    private @Nullable Channel listening;

    public OpenFlowServer(InetSocketAddress listen, SwitchEvents events, SessionLimits limits) {
        this.listen = listen;
        this.events = events;
        this.limits = limits;
        this.registry = new Registry(limits.sessions());
        this.loops = new MultiThreadIoEventLoopGroup(new DefaultThreadFactory("openflow"), NioIoHandler.newFactory());
    }

    /**
     * Switches can connect when this returns.
     *
     * @throws IOException when it cannot listen on its address; the message names it
     */
    public void start() throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel, registry, events, limits);
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen for OpenFlow on " + listen + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
    }

    /** Frames are cut by the length in their header (OpenFlow 1.3.5, 7.1.1), and the session gets them whole. */
    static void prepare(Channel channel, Registry registry, SwitchEvents events, SessionLimits limits) {
        channel.pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(Frame.MAX_LENGTH + 1, 2, 2, -4, 0))
                .addLast(new Session(channel, registry, events, limits));
    }

    /** Where it listens, the port that the system has chosen included. */
    public InetSocketAddress localAddress() {
        if (listening == null) {
            throw new IllegalStateException("the server does not listen");
        }
        return (InetSocketAddress) listening.localAddress();
    }

    /** How many messages were passed over because they could not be read, or because nobody wanted them. */
    public long skippedFrames() {
        return registry.skippedFrames();
    }

    /** Ends all sessions, and returns when their ends have been told. */
    @Override
    public void close() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        registry.closeAll("the controller is going down");
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
