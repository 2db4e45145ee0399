package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.plugboard.controller.reconcile.RequestRefused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one session has asked of its switch and what is still to be sent: both queues, in the order of asking. Outcomes are
 * told in that order too.
 *
 * <p>Messages are encoded only as the socket takes them: of a program of any size, a switch that does not read leaves a
 * buffer of fixed size behind. Lives on the channel's event loop.
 */
final class Exchanges {
    /** What is encoded at a time. A message starts below this size and may exceed it. */
    private static final int CHUNK = 64 << 10;

    private final Channel channel;
    private final Deque<Exchange<?>> unsent = new ArrayDeque<>();
    private final Deque<Exchange<?>> unanswered = new ArrayDeque<>();
    private int nextXid = 1;
    private boolean sendingSoon;
    private long chunksWritten;

    Exchanges(Channel channel) {
        this.channel = channel;
    }

    /** A transaction id that no exchange has. */
    int newXid() {
        return nextXid++;
    }

    void ask(Exchange<?> exchange) {
        exchange.begin(nextXid);
        nextXid += exchange.xids();
        unanswered.add(exchange);
        unsent.add(exchange);
        sendSoon();
    }

    /** Sends what is there once all that is asked in this turn of the event loop has been asked, in one go. */
    void sendSoon() {
        if (!sendingSoon && !unsent.isEmpty()) {
            sendingSoon = true;
            channel.eventLoop().execute(this::send);
        }
    }

    private void send() {
        sendingSoon = false;
        while (!unsent.isEmpty() && channel.isWritable()) {
            ByteBuf chunk = channel.alloc().directBuffer(CHUNK);
            List<Exchange<?>> whole = new ArrayList<>();
            try {
                while (!unsent.isEmpty() && chunk.readableBytes() < CHUNK) {
                    if (unsent.element().encode(chunk, CHUNK)) {
                        whole.add(unsent.remove());
                    }
                }
                channel.write(chunk.retain()).addListener(written -> {
                    if (written.isSuccess()) {
                        chunksWritten++;
                        whole.forEach(Exchange::written);
                        conclude();
                    }
                });
            } catch (RuntimeException | AssertionError ofOurs) {
                // What cannot be encoded would never be answered either: the session ends, and whoever waits is told.
                unsent.clear();
                channel.pipeline().fireExceptionCaught(ofOurs);
            } finally {
                chunk.release();
            }
        }
        channel.flush();
    }

    /** Gives a frame to the exchange that it answers; false when there is none. */
    boolean answered(Frame frame) {
        Optional<Exchange<?>> exchange = find(frame.xid());
        boolean wanted = exchange.isPresent()
                && exchange.get().answered(frame.xid() - exchange.get().firstXid(), frame);
        if (wanted && frame.type() == OpenFlow13.BARRIER_REPLY) {
            failThoseBefore(exchange.get());
        }
        conclude();
        return wanted;
    }

    /** Gives an error to the exchange that it is about; false when there is none. */
    boolean refused(int xid, String error) {
        Optional<Exchange<?>> exchange = find(xid);
        boolean wanted = exchange.isPresent()
                && exchange.get().refused(xid - exchange.get().firstXid(), error);
        conclude();
        return wanted;
    }

    void failAll(Exception why) {
        unsent.clear();
        unanswered.forEach(exchange -> exchange.fail(why));
        conclude();
    }

    /** What is sent, and waited for before all others. */
    @Nullable
    Exchange<?> awaited() {
        Exchange<?> first = unanswered.peek();
        return first == unsent.peek() ? null : first;
    }

    /** How often the socket has taken what was encoded: it grows while the switch reads. */
    long chunksWritten() {
        return chunksWritten;
    }

    private Optional<Exchange<?>> find(int xid) {
        return unanswered.stream()
                .filter(exchange -> Integer.compareUnsigned(xid - exchange.firstXid(), exchange.xids()) < 0)
                .findFirst();
    }

    /** What a switch has not answered when it answers a barrier, it never will (OpenFlow 1.3.5, 6.2). */
    private void failThoseBefore(Exchange<?> barrier) {
        for (Exchange<?> exchange : unanswered) {
            if (exchange == barrier) {
                return;
            }
            exchange.fail(new RequestRefused(exchange.name(), "no answer"));
        }
    }

    private void conclude() {
        while (!unanswered.isEmpty() && unanswered.element().isOver()) {
            unanswered.remove().conclude();
        }
    }
}
