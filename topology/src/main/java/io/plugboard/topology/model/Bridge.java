package io.plugboard.topology.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * A bridge that somebody has put, and which is ours to program.
 *
 * @param name what people call it, for display; may be empty
 * @param uplinks the names of its ports towards the physical network, at most {@value #MAX_UPLINKS}
 */
public record Bridge(DatapathId dpid, String name, List<String> uplinks) {
    /** As many as the reach bitmap of the pipeline's metadata has bits for. */
    public static final int MAX_UPLINKS = 31;

    public Bridge {
        Objects.requireNonNull(dpid);
        Objects.requireNonNull(name);
        uplinks = List.copyOf(uplinks);
        if (uplinks.size() > MAX_UPLINKS) {
            throw new IllegalArgumentException(
                    "a bridge has at most " + MAX_UPLINKS + " uplinks, not " + uplinks.size());
        }
        if (new HashSet<>(uplinks).size() < uplinks.size()) {
            throw new IllegalArgumentException("an uplink is named twice in " + uplinks);
        }
        uplinks.forEach(PortRef.ByName::new);
    }
}
