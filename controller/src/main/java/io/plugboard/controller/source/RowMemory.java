package io.plugboard.controller.source;

import io.plugboard.controller.source.Memories.Hearing;

/**
 * What is remembered of a row that claims a vNIC, since its host was first heard of. Times are counted in events, from 1.
 *
 * @param bornAt when it appeared; 0 when it was there already
 * @param runningSince when what it says of whether the guest runs last became another; 0 when nobody has seen that
 * @param leftAt when its vNIC moved elsewhere; 0 when it has not
 * @param isOutdated whether its host was away when the vNIC moved, and has not said anything else of the guest since: it may not
 *     know yet
 * @param hadFilter whether it has ever said what the guest wants to receive
 */
record RowMemory(long bornAt, long runningSince, long leftAt, boolean isOutdated, boolean hadFilter) {
    static final RowMemory NONE = new RowMemory(0, 0, 0, false, false);

    static RowMemory first(Claim claim, long bornAt) {
        return new RowMemory(
                bornAt,
                claim.saysRunning() ? bornAt : 0,
                0,
                false,
                claim.rxFilter().isPresent());
    }

    RowMemory seen(Claim before, Claim now, Hearing hearing) {
        boolean hasFilter = hadFilter || now.rxFilter().isPresent();
        if (before.running().equals(now.running())) {
            return new RowMemory(bornAt, runningSince, leftAt, isOutdated, hasFilter);
        }
        // That it has started may be older than a start elsewhere. That it has stopped is true, whenever that was.
        boolean isUnseen = hearing.begins() && now.saysRunning();
        return new RowMemory(bornAt, isUnseen ? 0 : hearing.now(), leftAt, false, hasFilter);
    }

    RowMemory leftAt(long when) {
        return new RowMemory(bornAt, runningSince, when, false, hadFilter);
    }

    /** While its host was away. */
    RowMemory leftUnseen(long when) {
        return new RowMemory(bornAt, runningSince, when, true, hadFilter);
    }

    RowMemory entered() {
        return new RowMemory(bornAt, runningSince, 0, false, hadFilter);
    }

    boolean isLeft() {
        return leftAt > 0;
    }
}
