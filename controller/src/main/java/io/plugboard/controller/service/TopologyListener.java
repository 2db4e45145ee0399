package io.plugboard.controller.service;

import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;

/** Is told of every snapshot once it is on disk. */
@FunctionalInterface
public interface TopologyListener {

    /**
     * Called on one thread, in the order of the revisions and without gaps: the next call's before is this call's after.
     * Whoever made the change hears of it only when all listeners have returned, so they hand over and return.
     */
    void published(Topology before, Topology after, Touched touched);
}
