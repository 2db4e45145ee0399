package io.plugboard.ovsdb;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to one Open vSwitch's database, and again whenever the connection has ended, until it is closed. */
public final class OvsdbClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OvsdbClient.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final SocketAddress remote;
    private final OvsdbLimits limits;
    private final ChannelFactory<? extends Channel> channels;
    private final Pipeline pipeline;
    private final MultiThreadIoEventLoopGroup threads = Pipeline.threads(1);

    // On the one thread alone.
    private Optional<Session> session = Optional.empty();
    private Optional<Followed> followed = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private boolean isTroubleTold;
    private volatile boolean isClosed;

    /** @param remote an {@link java.net.InetSocketAddress}, or a {@link UnixDomainSocketAddress} such as that of db.sock */
    public OvsdbClient(SocketAddress remote, OvsdbLimits limits, OvsdbListener listener) {
        this(remote, limits, listener, kind(remote));
    }

    OvsdbClient(
            SocketAddress remote,
            OvsdbLimits limits,
            OvsdbListener listener,
            ChannelFactory<? extends Channel> channels) {
        this.channels = channels;
        this.remote = remote;
        this.limits = limits;
        this.pipeline = new Pipeline(limits, listener);
    }

    private static ChannelFactory<? extends Channel> kind(SocketAddress remote) {
        return remote instanceof UnixDomainSocketAddress ? NioDomainSocketChannel::new : NioSocketChannel::new;
    }

    /** Returns at once; the listener is told when the database is there. */
    public void start() {
        threads.execute(this::connect);
    }

    private void connect() {
        if (isClosed) {
            return;
        }
        new Bootstrap()
                .group(threads)
                .channelFactory(channels)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.greeting().toMillis()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        session = Optional.of(pipeline.in(channel, followed));
                    }
                })
                .connect(remote)
                // Of a channel that could not even be made, such as for want of descriptors, another thread tells.
                .addListener((ChannelFuture connecting) -> threads.execute(() -> connected(connecting)));
    }

    private void connected(ChannelFuture connecting) {
        if (connecting.isSuccess()) {
            Session begun = session.orElseThrow();
            connecting.channel().closeFuture().addListener(closed -> ended(begun));
        } else {
            if (!isTroubleTold) {
                isTroubleTold = true;
                LOG.warn(
                        "OVSDB at {} cannot be reached, trying again: {}",
                        remote,
                        connecting.cause().getMessage());
            }
            tryAgain();
        }
    }

    private void ended(Session ended) {
        if (ended.followed().isPresent()) {
            followed = ended.followed();
            pause = FIRST_PAUSE;
            isTroubleTold = false;
        }
        tryAgain();
    }

    private void tryAgain() {
        if (!isClosed) {
            // Not all at once, when many have lost the same machine.
            long jittered =
                    Math.round(pause.toMillis() * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
            threads.schedule(this::connect, jittered, TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Ends the session, and returns when its end has been told. Not to be called by a listener. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        threads.submit(() -> session.ifPresent(open -> open.end("the client has been closed")))
                .awaitUninterruptibly();
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
