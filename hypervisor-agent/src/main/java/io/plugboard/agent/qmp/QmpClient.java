package io.plugboard.agent.qmp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
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

    private Duration pause = FIRST_PAUSE;
    private Optional<String> trouble = Optional.empty();
    private Optional<Channel> channel = Optional.empty();
    private boolean isClosed;

    /** @param thread on which everything happens */
    public QmpClient(String name, Path socket, EventLoop thread, QmpListener listener) {
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
                .channel(NioDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        QmpSession session = new QmpSession(name, opened, listener);
                        opened.pipeline()
                                .addLast(
                                        new LineBasedFrameDecoder(QmpSession.MAX_LINE, true, true),
                                        new StringDecoder(StandardCharsets.UTF_8),
                                        session);
                        channel = Optional.of(opened);
                        opened.closeFuture().addListener(closed -> ended(session));
                    }
                })
                .connect(UnixDomainSocketAddress.of(socket))
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        tell(String.valueOf(connecting.cause().getMessage()));
                        listener.absent();
                    }
                });
    }

    private void ended(QmpSession session) {
        channel = Optional.empty();
        if (session.hasBeenReady()) {
            pause = FIRST_PAUSE;
            trouble = Optional.empty();
        }
        session.end().ifPresent(this::tell);
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

    @Override
    public void close() {
        thread.execute(() -> {
            isClosed = true;
            channel.ifPresent(Channel::close);
        });
    }
}
