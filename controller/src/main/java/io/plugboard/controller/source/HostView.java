package io.plugboard.controller.source;

import io.plugboard.topology.model.DatapathId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What one host's database says, as far as it concerns us.
 *
 * @param database the UUID of its row of the table Open_vSwitch
 * @param name what people call the host; its UUID where it has no name
 * @param bridges those that ovs-vswitchd has made
 * @param unborn the names of those that it has not made yet, or under an id that another one has: what they have is not known
 * @param readings of each row of the table Interface, by its UUID
 */
record HostView(
        UUID database,
        String name,
        Map<DatapathId, BridgeSaid> bridges,
        Set<String> unborn,
        Map<UUID, Reading> readings) {
    HostView {
        bridges = Map.copyOf(bridges);
        unborn = Set.copyOf(unborn);
        readings = Map.copyOf(readings);
    }

    /**
     * What a row of the table Interface says.
     *
     * @param source what it was read from: the same source gives the same reading
     * @param claim the vNIC that it plugs in
     * @param uplink its name, where it is one
     * @param refusal why it plugs in none, though it means to
     * @param problems what cannot be read, a sentence each
     */
    record Reading(
            InterfaceSource source,
            Optional<Claim> claim,
            Optional<String> uplink,
            Optional<String> refusal,
            List<String> problems) {
        Reading {
            problems = List.copyOf(problems);
        }
    }

    List<Claim> claims() {
        return readings.values().stream()
                .flatMap(reading -> reading.claim().stream())
                .toList();
    }

    /** The row's claim, if the row is there and makes one. */
    Optional<Claim> claim(UUID row) {
        return Optional.ofNullable(readings.get(row)).flatMap(Reading::claim);
    }

    /** Without what this row says. */
    HostView without(UUID row) {
        return without(bridges, row::equals);
    }

    /** Without this bridge, and all that is plugged in there. */
    HostView without(DatapathId dpid) {
        Map<DatapathId, BridgeSaid> others = new HashMap<>(bridges);
        others.remove(dpid);
        return without(
                others,
                row -> Objects.requireNonNull(readings.get(row))
                        .source()
                        .bridge()
                        .equals(dpid));
    }

    private HostView without(Map<DatapathId, BridgeSaid> otherBridges, Predicate<UUID> gone) {
        Map<UUID, Reading> others = new HashMap<>(readings);
        others.keySet().removeIf(gone);
        return new HostView(database, name, otherBridges, unborn, others);
    }

    /** What is written as the state of a row so far. */
    Optional<String> writtenState(UUID row) {
        return Optional.ofNullable(readings.get(row))
                .map(reading -> reading.source().row().externalIds().get(Keys.STATE));
    }
}
