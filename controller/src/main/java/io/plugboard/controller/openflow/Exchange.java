package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Messages to a switch with consecutive transaction ids, and what comes back for them. Lives on its session's event loop.
 *
 * @param <T> the answer, as the rest of the controller knows it
 */
abstract class Exchange<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private Runnable conclusion = () -> {};
    private boolean over;
    private int firstXid;

    /** What it asks, for messages about it. */
    abstract String name();

    /** How many transaction ids it takes. */
    abstract int xids();

    /**
     * Writes messages until the buffer has this many octets or all are written.
     *
     * @return whether all are written
     */
    abstract boolean encode(ByteBuf out, int enough);

    /**
     * Takes a frame that answers the message {@code firstXid + message}.
     *
     * @return false when it is no answer to that
     */
    abstract boolean answered(int message, Frame frame);

    /**
     * The switch has refused that message.
     *
     * @return false when that is no concern of whoever asked
     */
    abstract boolean refused(int message, String error);

    /** The socket has taken the last of its messages. */
    void written() {}

    void begin(int xid) {
        this.firstXid = xid;
    }

    int firstXid() {
        return firstXid;
    }

    CompletionStage<T> outcome() {
        return outcome;
    }

    /** The answer is whole; nothing more is expected. */
    void finish(T answer) {
        end(() -> outcome.complete(answer));
    }

    /** There will be no answer. */
    void fail(Exception why) {
        end(() -> outcome.completeExceptionally(why));
    }

    private void end(Runnable conclusion) {
        if (!over) {
            over = true;
            this.conclusion = conclusion;
        }
    }

    boolean isOver() {
        return over;
    }

    /** Tells the outcome to those who wait for it. */
    void conclude() {
        conclusion.run();
    }
}
