package io.plugboard.compiler.property;

import static java.util.stream.Collectors.joining;

import io.plugboard.compiler.model.Outcome;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts what random networks had and what became of random frames: what never occurs is not tested. */
public final class Coverage {
    /** What has to occur, and how often at least, in a thousand networks and a million frames. */
    static final Map<String, Integer> CASES = Map.ofEntries(
            Map.entry("port BROADCAST", 5000),
            Map.entry("port MULTICAST", 5000),
            Map.entry("port OWN", 5000),
            Map.entry("port SHARED", 1000),
            Map.entry("port UNKNOWN", 5000),
            Map.entry("port MEMBERSHIP", 5000),
            Map.entry("port CONTROL", 100),
            Map.entry("port CLOSED", 500),
            Map.entry("port BLOCKED", 2000),
            Map.entry("port FORGED", 2000),
            Map.entry("port GROUP_SOURCE", 2000),
            Map.entry("port LINK_LOCAL", 2000),
            Map.entry("port DOUBLE_TAG", 2000),
            Map.entry("port WRONG_TAG", 2000),
            Map.entry("port UNUSED_PORT", 2000),
            Map.entry("uplink BROADCAST", 5000),
            Map.entry("uplink MULTICAST", 5000),
            Map.entry("uplink OWN", 5000),
            Map.entry("uplink OTHER_UPLINK", 5000),
            Map.entry("uplink SHARED", 1000),
            Map.entry("uplink UNKNOWN", 5000),
            Map.entry("uplink CONTROL", 1000),
            Map.entry("uplink CLOSED", 500),
            Map.entry("uplink REFLECTED", 1000),
            Map.entry("uplink GROUP_SOURCE", 2000),
            Map.entry("uplink DOUBLE_TAG", 2000),
            Map.entry("uplink WRONG_TAG", 500),
            Map.entry("mirrors 1", 50),
            Map.entry("mirrors 2", 10),
            Map.entry("trunk", 50),
            Map.entry("trunk with 0", 50),
            Map.entry("uplinks 0", 50),
            Map.entry("uplinks 1", 50),
            Map.entry("uplinks 2", 50),
            Map.entry("uplinks 3", 50),
            Map.entry("pinned to what is down", 10),
            Map.entry("away from home", 20),
            Map.entry("port PREPARED", 100),
            Map.entry("standing PREPARED", 20),
            Map.entry("standing AWAITED", 20),
            Map.entry("standing DEPARTING", 1),
            Map.entry("former uplink", 20),
            Map.entry("MAC changed", 20),
            Map.entry("blocked MAC_ADDRESS_CHANGED", 50),
            Map.entry("blocked MAC_IN_USE", 5),
            Map.entry("filter exact", 100),
            Map.entry("filter overflows", 50),
            Map.entry("filter unknown", 100),
            Map.entry("filter with too many addresses", 20),
            Map.entry("promiscuous denied", 50),
            Map.entry("forging accepted", 50),
            Map.entry("multicast router", 50),
            Map.entry("link-local control", 50),
            Map.entry("refused by the switch", 50),
            Map.entry("unplugged", 50));

    private final Map<String, Integer> networks = new TreeMap<>();
    private final Map<String, Integer> frames = new TreeMap<>();
    private int total;

    public void count(Network network) {
        Set<String> labels = new HashSet<>();
        Optional<ManagedBridge> bridge = network.topology().bridge(Scenario.BRIDGE);
        labels.add("uplinks " + bridge.map(there -> there.uplinks().size()).orElse(0));
        if (!network.withheld().isEmpty()) {
            labels.add("refused by the switch");
        }
        int mirrors = 0;
        for (EffectiveVnic vnic :
                network.topology().switchboard(Scenario.BRIDGE).vnics()) {
            label(network, bridge, vnic, labels);
            mirrors += vnic.mirroring() && !vnic.isBlocked() ? 1 : 0;
        }
        labels.add("mirrors " + Math.min(2, mirrors));
        labels.forEach(label -> networks.merge(label, 1, Integer::sum));
    }

    private static void label(Network network, Optional<ManagedBridge> bridge, EffectiveVnic vnic, Set<String> labels) {
        Attachment attachment = vnic.attachment();
        UplinkPin pin = attachment.pin();
        if (vnic.vlan() instanceof VlanMode.Trunk) {
            labels.add(vnic.vlans().contains(VlanId.UNTAGGED) ? "trunk with 0" : "trunk");
        }
        if (pin.isPinned() && bridge.filter(there -> !there.isUp(pin)).isPresent()) {
            labels.add("pinned to what is down");
        }
        if (vnic.standing() != EffectiveVnic.Standing.ACTIVE) {
            labels.add("standing " + vnic.standing());
        }
        if (attachment.former().isPresent()) {
            labels.add("former uplink");
        }
        if (!pin.equals(attachment.home())) {
            labels.add("away from home");
        }
        if (network.observed().port(attachment.vnic().place().port()).isEmpty()) {
            labels.add("unplugged");
        }
        vnic.block().ifPresent(reason -> labels.add("blocked " + reason));
        if (vnic.block().isEmpty() && !vnic.effectiveMac().equals(vnic.initialMac())) {
            labels.add("MAC changed");
        }
        labels.add(attachment
                .rxFilter()
                .map(filter -> "filter " + (filter.overflows() ? "overflows" : "exact"))
                .orElse("filter unknown"));
        if (vnic.promiscuousDenied()) {
            labels.add("promiscuous denied");
        }
        if (attachment
                .rxFilter()
                .map(filter -> filter.unicast().size() > EffectiveVnic.MAX_FILTER_UNICAST)
                .orElse(false)) {
            labels.add("filter with too many addresses");
        }
        if (attachment.vnic().multicastRouter()) {
            labels.add("multicast router");
        }
        if (network.topology().portGroupOf(attachment).allowLinkLocalControl()) {
            labels.add("link-local control");
        }
        if (vnic.mayForge()) {
            labels.add("forging accepted");
        }
    }

    public void count(Network network, RandomFrames.Arriving arriving, Outcome outcome) {
        total++;
        boolean isUplink = Optional.ofNullable(network.observed().ports().get(arriving.number()))
                .filter(port -> network.topology()
                        .bridge(Scenario.BRIDGE)
                        .filter(bridge -> bridge.uplinks().containsValue(port.name()))
                        .isPresent())
                .isPresent();
        frames.merge((isUplink ? "uplink " : "port ") + outcome.verdict(), 1, Integer::sum);
    }

    public int frames() {
        return total;
    }

    /** How often each of these occurred, in networks or in frames. */
    public int count(String label) {
        return networks.getOrDefault(label, 0) + frames.getOrDefault(label, 0);
    }

    @Override
    public String toString() {
        return total + " frames: " + text(frames) + "; networks: " + text(networks);
    }

    private static String text(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(joining(", "));
    }
}
