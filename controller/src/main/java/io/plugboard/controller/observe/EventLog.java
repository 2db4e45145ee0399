package io.plugboard.controller.observe;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last events, for any number of readers. Whoever publishes never waits: events are kept in a ring, each reader goes
 * through it at its own pace, and one that is overtaken has to begin anew. Thread-safe.
 */
public final class EventLog {
    /** So many events are kept. */
    public static final int CAPACITY = 10_000;

    /** Of the numbers, those that fit into a long. */
    private static final Pattern OURS = Pattern.compile("([0-9a-z]+)-([0-9]{1,18})");

    private final Clock clock;

    /** Tells the ids of this process from those of any other. */
    private final String process;

    private final Event[] ring;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** How many were published; the number of the newest. */
    private long newest;

    public EventLog(Clock clock) {
        this(clock, CAPACITY);
    }

    EventLog(Clock clock, int capacity) {
        this.clock = clock;
        process = Long.toString(clock.millis(), Character.MAX_RADIX);
        ring = new Event[capacity];
    }

    /** See {@link Event} for the parameters. */
    public void publish(String kind, String subject, Object data) {
        synchronized (this) {
            newest++;
            ring[index(newest)] = new Event(id(newest), clock.instant(), kind, subject, data);
        }
        listeners.forEach(Runnable::run);
    }

    /** @param news is run after each event, on the publisher's thread: it must return at once */
    public void listen(Runnable news) {
        listeners.add(news);
    }

    /** Reads from now on. */
    public synchronized Reader fromNow() {
        return new Reader(newest, false);
    }

    /** Reads from so many events ago, or from the oldest that is kept. */
    public synchronized Reader recent(int events) {
        return new Reader(Math.max(oldest() - 1, newest - events), false);
    }

    /** Reads on behind the event of this id; from now on, having missed some, when it is not known here any more. */
    public synchronized Reader resume(String lastId) {
        long number = number(lastId);
        boolean isKnown = number >= oldest() - 1 && number <= newest;
        return new Reader(isKnown ? number : newest, !isKnown);
    }

    /** Below all numbers when it is no id of this process. */
    private long number(String id) {
        Matcher ours = OURS.matcher(id);
        return ours.matches() && ours.group(1).equals(process) ? Long.parseLong(ours.group(2)) : -1;
    }

    private long oldest() {
        return Math.max(1, newest - ring.length + 1);
    }

    private int index(long number) {
        return (int) (number % ring.length);
    }

    private String id(long number) {
        return process + "-" + number;
    }

    /** The event that comes next is not kept any more. */
    public static final class Overtaken extends Exception {
        private static final long serialVersionUID = 1L;

        Overtaken(long missed) {
            super("the reader was overtaken, and has missed " + missed + " events", null, false, false);
        }
    }

    /** A place in the log. Not thread-safe. */
    public final class Reader {
        private long last;
        private final boolean missedSome;

        private Reader(long last, boolean missedSome) {
            this.last = last;
            this.missedSome = missedSome;
        }

        /** Whether there may have been events, behind the one that it was to resume at, which it will not see. */
        public boolean missedSome() {
            return missedSome;
        }

        /** The id to resume at. */
        public String position() {
            return id(last);
        }

        /** The next events, at most so many; none when it has read all. */
        public List<Event> next(int most) throws Overtaken {
            synchronized (EventLog.this) {
                if (last < oldest() - 1) {
                    throw new Overtaken(oldest() - 1 - last);
                }
                List<Event> next = new ArrayList<>();
                while (last < newest && next.size() < most) {
                    last++;
                    next.add(ring[index(last)]);
                }
                return next;
            }
        }
    }
}
