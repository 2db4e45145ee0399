package io.plugboard.controller.service;

import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;

/** Is told of every snapshot once it is on disk. */
@FunctionalInterface
public interface TopologyListener {

    /**
     * Who wanted a change.
     *
     * @param who in whose name, as it is in the audit log
     * @param askedAt {@link System#nanoTime} when it was asked for
     */
    record Origin(String who, long askedAt) {}

    /**
     * Called on one thread, in the order of the revisions and without gaps: the next call's before is this call's after.
     * Whoever made the change hears of it only when all listeners have returned, so they hand over and return.
     */
    void published(Topology before, Topology after, Touched touched);

    /** What is called, for those who care whose change it was. */
    default void published(Origin origin, Topology before, Topology after, Touched touched) {
        published(before, after, touched);
    }
}
