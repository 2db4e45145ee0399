package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.Emission;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is to be done on one bridge, in the order in which it is due; what is due at one time in the order of asking. */
final class Agenda {
    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::sinceBeginning).thenComparingLong(Item::number);

    private final PriorityQueue<Item> items = new PriorityQueue<>(ORDER);
    private final long beginning;
    private long added;

    Agenda(long beginning) {
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

    /** What is due first. */
    Optional<Due> peek() {
        return Optional.ofNullable(items.peek()).map(item -> new Due(item.announcement(), item.step()));
    }

    /** When that is due; only while there is something. */
    long nextAt() {
        return items.element().sinceBeginning() + beginning;
    }

    void removeFirst() {
        items.remove().announcement().stepTaken();
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
