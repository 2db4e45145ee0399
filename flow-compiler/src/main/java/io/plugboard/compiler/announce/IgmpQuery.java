package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.VlanId;

/** A general query: which IPv4 groups a guest is a member of. Of version 3 (RFC 3376, section 4.1) or 2 (RFC 2236). */
final class IgmpQuery {
    private static final int UNIT_MS = 100;

    private IgmpQuery() {}

    /** @param tag {@link VlanId#UNTAGGED} for none */
    static Octets frame(AnnounceSettings settings, VlanId tag) {
        long maxResponse = settings.maxResponse().toMillis() / UNIT_MS;
        boolean isV3 = settings.igmpVersion() == 3;
        OctetWriter rest = new OctetWriter().ip(Ipv4Address.UNSPECIFIED);
        if (isV3) {
            rest.u8(settings.robustness())
                    .u8(Querier.code(settings.queryInterval().toSeconds()))
                    .u16(0);
        }
        return Igmp.frame(
                Querier.MAC,
                settings.igmpQuerySource(),
                Igmp.ALL_HOSTS,
                tag,
                Igmp.QUERY,
                isV3 ? Querier.code(maxResponse) : (int) maxResponse,
                rest.toOctets());
    }
}
