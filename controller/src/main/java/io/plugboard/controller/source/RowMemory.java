package io.plugboard.controller.source;

/**
 * What is remembered of a row that claims a vNIC, since its host was first heard of. Times are counted in events, from 1.
 *
 * @param bornAt when it appeared; 0 when it was there already
 * @param runningSince when what it says of whether the guest runs last became another; 0 when it never has
 * @param leftAt when its vNIC moved elsewhere; 0 when it has not
 * @param hadFilter whether it has ever said what the guest wants to receive
 */
record RowMemory(long bornAt, long runningSince, long leftAt, boolean hadFilter) {
    static final RowMemory NONE = new RowMemory(0, 0, 0, false);

    static RowMemory first(Claim claim, long bornAt) {
        return new RowMemory(
                bornAt, claim.saysRunning() ? bornAt : 0, 0, claim.rxFilter().isPresent());
    }

    RowMemory seen(Claim before, Claim now, long when) {
        boolean isSame = before.running().equals(now.running());
        return new RowMemory(
                bornAt,
                isSame ? runningSince : when,
                leftAt,
                hadFilter || now.rxFilter().isPresent());
    }

    RowMemory leftAt(long when) {
        return new RowMemory(bornAt, runningSince, when, hadFilter);
    }

    boolean isLeft() {
        return leftAt > 0;
    }
}
