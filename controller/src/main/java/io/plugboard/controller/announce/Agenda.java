package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.Emission;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What is to be done on one bridge, in the order in which it is due, and what is due at one time in the order of asking; frames
 * no faster than the pace allows.
 */
final class Agenda {
    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::sinceBeginning).thenComparingLong(Item::number);

    private final PriorityQueue<Item> items = new PriorityQueue<>(ORDER);
    private final Pace pace;
    private final long beginning;
    private long added;

    /** @param beginning now, in nanoseconds, as of {@link System#nanoTime} */
    Agenda(Pace pace, long beginning) {
        this.pace = pace;
        this.beginning = beginning;
    }

    /** What is done for an announcement. */
    sealed interface Step {
        /** A frame is sent. */
        record Send(Emission emission) implements Step {}

        /** The time for answers is over. */
        record JudgeAnswers() implements Step {}

        /** Physical switches have had time to hear of the uplink that the vNIC uses now. */
        record LeaveFormerUplink() implements Step {}
    }

    /** @param sinceBeginning nanoseconds, so that they compare */
    private record Item(long sinceBeginning, long number, Announcement announcement, Step step) {}

    /** A step that is due. */
    record Due(Announcement announcement, Step step) {}

    /** @param at in nanoseconds, as of {@link System#nanoTime} */
    void add(long at, Announcement announcement, Step step) {
        announcement.stepAdded();
        items.add(new Item(at - beginning, added++, announcement, step));
    }

    /** Takes what may be done first, if it may be done now. */
    Optional<Due> take(long now) {
        Item first = items.peek();
        if (first == null || at(first) - now > 0 || first.step() instanceof Step.Send && !pace.take(now)) {
            return Optional.empty();
        }
        items.remove();
        first.announcement().stepTaken();
        return Optional.of(new Due(first.announcement(), first.step()));
    }

    /** When that may be; only while there is something. */
    long nextAt() {
        Item first = items.element();
        boolean isPaced = first.step() instanceof Step.Send && pace.nextAt() - at(first) > 0;
        return isPaced ? pace.nextAt() : at(first);
    }

    private long at(Item item) {
        return item.sinceBeginning() + beginning;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    void removeAllOf(Announcement announcement) {
        items.removeIf(item -> item.announcement() == announcement);
    }

    void clear() {
        items.clear();
    }
}
