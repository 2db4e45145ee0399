package io.plugboard.controller.service;

import io.plugboard.topology.model.DatapathId;
import java.util.List;

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
    };

    /** What they say of this bridge and cannot be, a sentence each. */
    List<String> problems(DatapathId dpid);

    /** Whether one that is connected has this bridge: what it has brought there is its own. */
    boolean isHeard(DatapathId dpid);
}
