package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.VlanId;

/** A general query: which IPv6 groups a guest listens to. Of version 2 (RFC 3810, section 5.1) or 1 (RFC 2710). */
final class MldQuery {
    private MldQuery() {}

    /** @param tag {@link VlanId#UNTAGGED} for none */
    static Octets frame(AnnounceSettings settings, VlanId tag) {
        // Below 32768 ms both versions say the time as it is (RFC 3810, section 5.1.3).
        OctetWriter message = new OctetWriter()
                .u8(Mld.QUERY)
                .u8(0)
                .u16(0)
                .u16((int) settings.maxResponse().toMillis())
                .u16(0)
                .ip(Ipv6Address.UNSPECIFIED);
        if (settings.mldVersion() == 2) {
            message.u8(settings.robustness())
                    .u8(Querier.code(settings.queryInterval().toSeconds()))
                    .u16(0);
        }
        return Mld.frame(
                Querier.MAC, settings.mldQuerySource(), NeighbourAdvertisement.ALL_NODES, tag, message.toOctets());
    }
}
