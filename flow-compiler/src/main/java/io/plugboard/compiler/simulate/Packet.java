package io.plugboard.compiler.simulate;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.topology.model.VlanId;

/**
 * A frame on its way through the switch. It is parsed once, when it comes in, and no deeper than Open vSwitch's
 * {@code vlan-limit}, by default one tag: what is behind it is payload whose EtherType is the next tag's TPID,
 * and stays so when the tag is taken off.
 *
 * @param parsedTags how many of the outer tags the switch knows of
 */
record Packet(Frame frame, int parsedTags) {
    private static final int VLAN_LIMIT = 1;

    /** What Open vSwitch has room for; it loses a further one. */
    private static final int MAX_TAGS = 2;

    static Packet arriving(Frame frame) {
        return new Packet(frame, Math.min(VLAN_LIMIT, frame.tags().size()));
    }

    /** With a customer tag more, id and priority 0: Open vSwitch copies neither from the tag behind it. */
    Packet pushed() {
        if (parsedTags == MAX_TAGS) {
            throw new IllegalStateException("a tag more than the switch has room for is pushed onto " + frame);
        }
        return new Packet(frame.tagged(0), parsedTags + 1);
    }

    /** Without its outer tag; as it is when it has none. */
    Packet popped() {
        return parsedTags == 0 ? this : new Packet(frame.untagged(), parsedTags - 1);
    }

    /** With another id in its outer tag, whose TPID and priority stay. A frame without gets one, as in Open vSwitch. */
    Packet withVlan(VlanId vlan) {
        Packet tagged = parsedTags == 0 ? pushed() : this;
        VlanTag outer = tagged.frame.tags().get(0);
        return new Packet(tagged.frame.untagged().tagged(outer.withId(vlan.value())), tagged.parsedTags);
    }

    /** The field's value as a flow would match it; 0 where the frame has no such field. */
    long value(MatchField field, int inPort, long metadata) {
        switch (field) {
            case METADATA:
                return metadata;
            case IN_PORT:
                return Integer.toUnsignedLong(inPort);
            case ETH_DST:
                return frame.destination().bits();
            case ETH_SRC:
                return frame.source().bits();
            case ETH_TYPE:
                return isParsed()
                        ? frame.etherType()
                        : frame.tags().get(parsedTags).tpid();
            case VLAN_VID:
                return parsedTags == 0
                        ? 0
                        : Match.VID_PRESENT | frame.tags().get(0).id();
            case IP_PROTO:
                return isParsed() ? frame.ipProtocol().orElse(0) : 0;
            case ICMPV6_TYPE:
                return isParsed() ? frame.icmpv6Type().orElse(0) : 0;
        }
        throw new AssertionError(field);
    }

    private boolean isParsed() {
        return parsedTags == frame.tags().size();
    }
}
