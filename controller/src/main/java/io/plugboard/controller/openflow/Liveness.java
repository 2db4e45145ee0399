package io.plugboard.controller.openflow;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the switch of a session is still there: it sends something, or reads, or answers echo requests. Lives on the
 * channel's event loop.
 */
final class Liveness {
    private static final int ECHO_REQUESTS = 2;

    private final Session session;
    private final EventLoop loop;
    private final SessionLimits limits;
    private long heard;
    private long heardBefore;
    private long writtenBefore;
    private int unanswered;
    private @Nullable Exchange<?> awaitedBefore;
    private Duration awaitedFor = Duration.ZERO;
    private @Nullable Future<?> watch;
    private @Nullable CompletableFuture<Boolean> probe;

    Liveness(Session session, EventLoop loop, SessionLimits limits) {
        this.session = session;
        this.loop = loop;
        this.limits = limits;
    }

    void start() {
        long period = limits.idle().toNanos();
        watch = loop.scheduleAtFixedRate(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    void heard() {
        heard++;
    }

    private void look() {
        Exchanges exchanges = session.exchanges();
        if (heard != heardBefore || exchanges.chunksWritten() != writtenBefore) {
            unanswered = 0;
        } else if (unanswered == ECHO_REQUESTS) {
            session.close("it has not answered " + ECHO_REQUESTS + " echo requests");
            return;
        } else {
            unanswered++;
            session.ping();
        }
        heardBefore = heard;
        writtenBefore = exchanges.chunksWritten();

        Exchange<?> awaited = exchanges.awaited();
        awaitedFor = awaited != null && awaited == awaitedBefore ? awaitedFor.plus(limits.idle()) : Duration.ZERO;
        awaitedBefore = awaited;
        if (awaited != null && awaitedFor.compareTo(limits.answer()) >= 0) {
            session.close("it has not answered " + awaited.name() + " for " + awaitedFor.toSeconds() + " s");
        }
    }

    /** Asks the switch now. Completes with true when it sends anything, with false when the session has ended. */
    CompletionStage<Boolean> probe() {
        if (probe == null) {
            probe = new CompletableFuture<>();
            probe(probe, ECHO_REQUESTS);
        }
        return probe;
    }

    private void probe(CompletableFuture<Boolean> answer, int requests) {
        long heardUntilNow = heard;
        session.ping();
        loop.schedule(
                () -> {
                    if (answer.isDone()) {
                        return;
                    }
                    if (heard != heardUntilNow) {
                        probe = null;
                        answer.complete(true);
                    } else if (requests > 1) {
                        probe(answer, requests - 1);
                    } else {
                        session.close("it does not answer, and its switch has connected anew");
                    }
                },
                limits.probe().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** The session has ended. */
    void stop() {
        if (watch != null) {
            watch.cancel(false);
        }
        if (probe != null) {
            probe.complete(false);
        }
    }
}
