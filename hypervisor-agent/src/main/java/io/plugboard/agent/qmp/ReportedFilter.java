package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What QEMU answers to {@code query-rx-filter} of one card (RxFilterInfo of its qapi/net.json). */
final class ReportedFilter {
    /** All of them, 4095 too: QEMU's bitmap after a reset. */
    private static final int ALL_VLANS = VlanId.MAX + 2;

    private static final int MAX_UNICAST = 64;

    private ReportedFilter() {}

    /**
     * Empty before the guest's driver has set the card up: it is promiscuous then, has every VLAN and no address but its own.
     *
     * @throws IllegalArgumentException when it cannot be; the message says why
     */
    static Optional<RxFilter> read(JsonNode info) {
        SortedSet<MacAddress> multicast = macs(info.path("multicast-table"));
        SortedSet<MacAddress> unicast = macs(info.path("unicast-table"));
        boolean promiscuous = info.path("promiscuous").asBoolean();
        boolean hasEveryVlan = info.path("vlan-table").size() >= ALL_VLANS;
        if (promiscuous && hasEveryVlan && multicast.isEmpty() && unicast.isEmpty()) {
            return Optional.empty();
        }
        multicast.removeIf(mac -> !mac.isGroup());
        unicast.removeIf(MacAddress::isGroup);
        boolean overflows = info.path("multicast").asText().equals("all")
                || info.path("multicast-overflow").asBoolean()
                || multicast.size() > RxFilter.MAX_MULTICAST;
        return Optional.of(new RxFilter(
                MacAddress.parse(info.path("main-mac").asText()),
                promiscuous,
                overflows,
                overflows ? new TreeSet<>() : multicast,
                unicast.size() > MAX_UNICAST ? new TreeSet<>() : unicast,
                hasEveryVlan ? Optional.empty() : vlans(info.path("vlan-table"))));
    }

    private static SortedSet<MacAddress> macs(JsonNode table) {
        SortedSet<MacAddress> macs = new TreeSet<>();
        table.forEach(mac -> macs.add(MacAddress.parse(mac.asText())));
        return macs;
    }

    private static Optional<VlanSet> vlans(JsonNode table) {
        BitSet vlans = new BitSet();
        for (JsonNode vlan : table) {
            if (vlan.isInt() && vlan.intValue() >= 0 && vlan.intValue() <= VlanId.MAX) {
                vlans.set(vlan.intValue());
            }
        }
        return vlans.isEmpty() ? Optional.empty() : Optional.of(VlanSet.of(vlans));
    }
}
