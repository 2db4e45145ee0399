package io.plugboard.agent.qmp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a connection to one QEMU's monitor, and tries again when it has ended, until it is closed. QEMU serves one client of a
 * monitor at a time: a second one is not greeted before the first has gone.
 */
public final class QmpClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QmpClient.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final Path socket;
    private final EventLoop thread;
    private final QmpListener listener;
    private final ChannelFactory<? extends Channel> channels;

    private Duration pause = FIRST_PAUSE;
    private Optional<String> trouble = Optional.empty();
    private Optional<QmpSession> begun = Optional.empty();
    private Optional<Runnable> whenGone = Optional.empty();
    private boolean isClosed;

    /** @param thread on which everything happens */
    public QmpClient(String name, Path socket, EventLoop thread, QmpListener listener) {
        this(name, socket, thread, listener, NioDomainSocketChannel::new);
    }

    QmpClient(
            String name,
            Path socket,
            EventLoop thread,
            QmpListener listener,
            ChannelFactory<? extends Channel> channels) {
        this.channels = channels;
        this.name = name;
        this.socket = socket;
        this.thread = thread;
        this.listener = listener;
    }

    public void start() {
        thread.execute(this::connect);
    }

    private void connect() {
        if (isClosed) {
            return;
        }
        new Bootstrap()
                .group(thread)
                .channelFactory(channels)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        QmpSession session = new QmpSession(name, opened, listener);
                        opened.pipeline()
                                .addLast(
                                        new LineBasedFrameDecoder(QmpJson.MAX_LINE, true, true),
                                        new StringDecoder(StandardCharsets.UTF_8),
                                        new ReadingPace(),
                                        session);
                        begun = Optional.of(session);
                    }
                })
                .connect(UnixDomainSocketAddress.of(socket))
                // Of a channel that could not even be made, such as for want of descriptors, another thread tells.
                .addListener((ChannelFuture connecting) -> thread.execute(() -> connected(connecting)));
    }

    private void connected(ChannelFuture connecting) {
        if (connecting.isSuccess()) {
            QmpSession session = begun.orElseThrow();
            connecting.channel().closeFuture().addListener(closed -> ended(session));
        } else {
            failed(connecting.cause());
            tryAgain();
        }
    }

    private void failed(Throwable cause) {
        boolean isAbsent = cause instanceof ConnectException || Files.notExists(socket);
        tell(isAbsent ? "nobody listens there" : String.valueOf(cause.getMessage()));
        if (isAbsent) {
            listener.absent();
            whenGone.ifPresent(action -> {
                isClosed = true;
                action.run();
            });
        }
    }

    private void ended(QmpSession session) {
        begun = Optional.empty();
        session.end().ifPresent(this::tell);
        if (session.hasProvedItself()) {
            pause = FIRST_PAUSE;
            trouble = Optional.empty();
        }
        tryAgain();
    }

    private void tryAgain() {
        if (!isClosed) {
            thread.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
            Duration next = pause.multipliedBy(2);
            pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
        }
    }

    /** Each trouble is told once, however often it comes. */
    private void tell(String reason) {
        if (!isClosed && !trouble.equals(Optional.of(reason))) {
            trouble = Optional.of(reason);
            log.warn("QEMU {} at {}: {}", name, socket, reason);
        }
    }

    /**
     * Its socket has gone from its directory: it is closed as soon as nobody listens there. A QEMU whose socket was removed
     * under it is followed for as long as the connection holds. On the thread of the client.
     *
     * @param whenGone is run once it is closed so
     */
    public void awaitNoLonger(Runnable whenGone) {
        this.whenGone = Optional.of(whenGone);
    }

    /** Its socket is there again, or still. On the thread of the client. */
    public void awaitAgain() {
        whenGone = Optional.empty();
    }

    @Override
    public void close() {
        thread.execute(() -> {
            isClosed = true;
            begun.ifPresent(session -> session.close("it is not followed any more"));
        });
    }
}
