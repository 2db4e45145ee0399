package io.plugboard.topology.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A bridge that somebody has put or marked, and which is ours to program.
 *
 * @param name what people call it, for display; may be empty
 * @param uplinks the names of its ports towards the physical network, at most {@value #MAX_UPLINKS}
 * @param security where neither a vNIC nor its port group says otherwise
 * @param teaming of the vNICs whose port group has none
 * @param notifySwitches where the port group does not say; not given means yes
 * @param origin who told us of it, and so who may take it away
 */
public record Bridge(
        DatapathId dpid,
        String name,
        List<String> uplinks,
        SecurityPolicy security,
        Optional<TeamingPolicy> teaming,
        Optional<Boolean> notifySwitches,
        Origin origin) {
    /** As many as the reach bitmap of the pipeline's metadata has bits for. */
    public static final int MAX_UPLINKS = 31;

    public Bridge {
        Objects.requireNonNull(dpid);
        Objects.requireNonNull(name);
        uplinks = List.copyOf(uplinks);
        Objects.requireNonNull(security);
        Objects.requireNonNull(teaming);
        Objects.requireNonNull(notifySwitches);
        Objects.requireNonNull(origin);
        if (uplinks.size() > MAX_UPLINKS) {
            throw new IllegalArgumentException(
                    "a bridge has at most " + MAX_UPLINKS + " uplinks, not " + uplinks.size());
        }
        if (new HashSet<>(uplinks).size() < uplinks.size()) {
            throw new IllegalArgumentException("an uplink is named twice in " + uplinks);
        }
        uplinks.forEach(PortRef.ByName::new);
    }

    /** One that somebody put. */
    public Bridge(
            DatapathId dpid,
            String name,
            List<String> uplinks,
            SecurityPolicy security,
            Optional<TeamingPolicy> teaming,
            Optional<Boolean> notifySwitches) {
        this(dpid, name, uplinks, security, teaming, notifySwitches, Origin.REST);
    }

    /** One that somebody put, with no policies of its own. */
    public Bridge(DatapathId dpid, String name, List<String> uplinks) {
        this(dpid, name, uplinks, SecurityPolicy.INHERITED, Optional.empty(), Optional.empty());
    }

    public Bridge from(Origin other) {
        return new Bridge(dpid, name, uplinks, security, teaming, notifySwitches, other);
    }

    public Bridge withSecurity(SecurityPolicy other) {
        return new Bridge(dpid, name, uplinks, other, teaming, notifySwitches, origin);
    }

    public Bridge withTeaming(TeamingPolicy other) {
        return new Bridge(dpid, name, uplinks, security, Optional.of(other), notifySwitches, origin);
    }
}
