package io.plugboard.compiler.frame;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Objects;

/**
 * An Ethernet frame with what it carries (IEEE 802.3, 3.1.1), without its check sequence.
 *
 * @param tag its one customer tag's VLAN, of priority 0; {@link VlanId#UNTAGGED} is no tag
 * @param payload of a frame that was read, with its padding
 */
public record EthernetFrame(MacAddress destination, MacAddress source, VlanId tag, int etherType, Octets payload) {
    /**
     * The shortest frame is 64 octets with its check sequence and without a tag. A tag comes on top: so the frame is still
     * long enough when a switch takes the tag off (IEEE 802.1Q, annex G.2.3 of the 2014 edition).
     */
    private static final int MIN_PAYLOAD = 46;

    private static final int ID_BITS = 0xfff;

    public EthernetFrame {
        Objects.requireNonNull(destination);
        Objects.requireNonNull(source);
        Objects.requireNonNull(tag);
        Objects.requireNonNull(payload);
    }

    /** Padded with zeros: 60 octets or more, with a tag 64 or more. */
    public Octets toOctets() {
        OctetWriter writer = new OctetWriter().mac(destination).mac(source);
        if (tag.isTagged()) {
            writer.u16(EtherType.VLAN).u16(tag.value());
        }
        return writer.u16(etherType)
                .octets(payload)
                .zeros(Math.max(0, MIN_PAYLOAD - payload.length()))
                .toOctets();
    }

    /**
     * Reads a frame with no tag, a priority tag, which counts as none, or a customer tag.
     *
     * @throws MalformedFrame when it is too short, has more or other tags, or one of the reserved VLAN
     */
    public static EthernetFrame read(Octets octets) throws MalformedFrame {
        OctetReader reader = new OctetReader(octets, "the Ethernet header");
        MacAddress destination = reader.mac();
        MacAddress source = reader.mac();
        int etherType = reader.u16();
        int id = 0;
        if (etherType == EtherType.VLAN) {
            id = reader.u16() & ID_BITS;
            etherType = reader.u16();
        }
        if (EtherType.isTag(etherType)) {
            throw new MalformedFrame("it has a service tag or more than one VLAN tag");
        } else if (id > VlanId.MAX) {
            throw new MalformedFrame("its tag is of the reserved VLAN " + id);
        }
        return new EthernetFrame(destination, source, new VlanId(id), etherType, reader.rest());
    }
}
