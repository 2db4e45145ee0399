package io.plugboard.topology;

import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.TeamingPolicy.Selection;
import io.plugboard.topology.model.UplinkPin;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The uplinks of one bridge that a port group's vNICs may use, in the order of preference. A name that the bridge does not
 * know counts for nothing.
 */
record Team(TeamingPolicy policy, List<UplinkPin> active, List<UplinkPin> standby) {

    static Team of(PortGroup portGroup, ManagedBridge bridge) {
        TeamingPolicy policy =
                portGroup.teaming().or(() -> bridge.bridge().teaming()).orElse(TeamingPolicy.DEFAULT);
        boolean namesNone = policy.active().isEmpty() && policy.standby().isEmpty();
        return new Team(
                policy,
                namesNone ? List.copyOf(bridge.uplinks().keySet()) : pins(policy.active(), bridge),
                pins(policy.standby(), bridge));
    }

    private static List<UplinkPin> pins(List<String> names, ManagedBridge bridge) {
        return names.stream().flatMap(name -> bridge.pinOf(name).stream()).toList();
    }

    /** The uplinks that vNICs should be pinned to while these are down; none when all of the team's are. */
    List<UplinkPin> eligible(ManagedBridge bridge) {
        List<UplinkPin> activeUp = active.stream().filter(bridge::isUp).toList();
        List<UplinkPin> up =
                activeUp.isEmpty() ? standby.stream().filter(bridge::isUp).toList() : activeUp;
        return policy.selection() == Selection.EXPLICIT_FAILOVER
                ? up.stream().limit(1).toList()
                : up;
    }

    /** Whether a vNIC with this pin can go on as it is, be it not the best. */
    boolean canStay(UplinkPin pin, ManagedBridge bridge) {
        boolean isMember = all().anyMatch(pin::equals);
        return isMember && bridge.isUp(pin);
    }

    /** Where a vNIC waits while no uplink of the team is up. */
    UplinkPin fallback(UplinkPin current) {
        return all().anyMatch(current::equals) ? current : all().findFirst().orElse(UplinkPin.NONE);
    }

    boolean isEmpty() {
        return all().findAny().isEmpty();
    }

    private Stream<UplinkPin> all() {
        return Stream.concat(active.stream(), standby.stream());
    }

    /** Whether vNICs return to an uplink that has been up for so long. */
    boolean returnsAfter(Duration upFor) {
        return policy.failback() && policy.failbackDelay().compareTo(upFor) <= 0;
    }
}
