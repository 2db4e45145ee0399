package io.plugboard.controller.service;

import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.Optional;

/** The hosts whose databases say what is plugged in there. Thread-safe. */
public interface Hosts {
    /** Nobody's database is followed. */
    Hosts NONE = new Hosts() {
        @Override
        public List<String> problems(DatapathId dpid) {
            return List.of();
        }

        @Override
        public boolean isHeard(DatapathId dpid) {
            return false;
        }

        @Override
        public Optional<Bridge> marked(DatapathId dpid) {
            return Optional.empty();
        }
    };

    /** What they say of this bridge and cannot be, a sentence each. */
    List<String> problems(DatapathId dpid);

    /** Whether one that is connected has this bridge: what it has brought there is its own. */
    boolean isHeard(DatapathId dpid);

    /** This bridge as a host has it that is connected and marks it as ours to program, whether it is that host's or not. */
    Optional<Bridge> marked(DatapathId dpid);
}
