package io.plugboard.controller.announce;

/**
 * Lets so many frames through in a second, and not many more at once: what has not been used for a while is not saved up.
 * Times are in nanoseconds, as of {@link System#nanoTime}.
 */
final class Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final long LARGEST_BURST = SECOND / 50;

    private final long interval;
    private final long tolerance;
    private long next;

    /** @param now when it begins */
    Pace(int framesASecond, long now) {
        interval = SECOND / framesASecond;
        tolerance = Math.max(0, LARGEST_BURST - interval);
        next = now;
    }

    /** When the next frame may go. */
    long nextAt() {
        return next - tolerance;
    }

    /** Whether a frame may go now; then it counts as gone. */
    boolean take(long now) {
        if (nextAt() - now > 0) {
            return false;
        }
        next = (next - now > 0 ? next : now) + interval;
        return true;
    }
}
