package io.plugboard.compiler.ir;

import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names the rule and the owner of a flow, by arithmetic on stored facts alone:
 *
 * <pre>
 *   63      48 47     40 39     32 31                     0
 *  +----------+---------+---------+------------------------+
 *  |  0x706c  |  rule   |  kind   |  slot, uplink, VLAN …  |
 *  +----------+---------+---------+------------------------+
 * </pre>
 */
public record Cookie(long bits) {
    /** "pl": the flow is Plugboard's. */
    private static final long OURS = 0x706cL << 48;

    private static final long OURS_MASK = 0xffffL << 48;
    private static final int RULE_SHIFT = 40;
    private static final int KIND_SHIFT = 32;
    private static final int BRIDGE = 1;
    private static final int UPLINK = 2;
    private static final int SEGMENT = 3;
    private static final int VNIC = 4;
    private static final int CLASS = 5;
    private static final int ADDRESS = 6;

    /** The bits that name the rule: the mask for the flows of one rule, whoever owns them. */
    public static final long RULE_MASK = OURS_MASK | 0xffL << RULE_SHIFT;

    public static Cookie of(Rule rule, Owner owner) {
        return new Cookie(of(rule).bits | kind(owner) << KIND_SHIFT | index(owner));
    }

    /** What the cookies of this rule's flows have in common under {@link #RULE_MASK}. */
    public static Cookie of(Rule rule) {
        return new Cookie(OURS | (long) rule.code() << RULE_SHIFT);
    }

    /** The owner, unless the cookie is not one of ours. */
    public Optional<Owner> owner() {
        if ((bits & OURS_MASK) != OURS) {
            return Optional.empty();
        }
        int index = (int) bits;
        switch ((int) (bits >> KIND_SHIFT) & 0xff) {
            case BRIDGE:
                return Optional.of(new Owner.OfBridge());
            case UPLINK:
                return index < 0 || index > Bridge.MAX_UPLINKS
                        ? Optional.empty()
                        : Optional.of(new Owner.OfUplink(new UplinkPin(index)));
            case SEGMENT:
                return index < 0 || index > VlanId.MAX
                        ? Optional.empty()
                        : Optional.of(new Owner.OfSegment(new VlanId(index)));
            case VNIC:
                return Optional.of(new Owner.OfVnic(index));
            case CLASS:
                return index < 0 || index > VlanId.MAX
                        ? Optional.empty()
                        : Optional.of(new Owner.OfClass(new VlanId(index)));
            case ADDRESS:
                return Optional.of(new Owner.OfAddress(index));
            default:
                return Optional.empty();
        }
    }

    /** The rule, unless the cookie is not one of ours. */
    public Optional<Rule> rule() {
        if ((bits & OURS_MASK) != OURS) {
            return Optional.empty();
        }
        int code = (int) (bits >> RULE_SHIFT) & 0xff;
        return Arrays.stream(Rule.values()).filter(rule -> rule.code() == code).findAny();
    }

    private static long kind(Owner owner) {
        if (owner instanceof Owner.OfUplink) {
            return UPLINK;
        } else if (owner instanceof Owner.OfSegment) {
            return SEGMENT;
        } else if (owner instanceof Owner.OfVnic) {
            return VNIC;
        } else if (owner instanceof Owner.OfClass) {
            return CLASS;
        } else if (owner instanceof Owner.OfAddress) {
            return ADDRESS;
        }
        return BRIDGE;
    }

    private static long index(Owner owner) {
        if (owner instanceof Owner.OfUplink uplink) {
            return uplink.uplink().slot();
        } else if (owner instanceof Owner.OfSegment segment) {
            return segment.segment().value();
        } else if (owner instanceof Owner.OfVnic vnic) {
            return vnic.slot();
        } else if (owner instanceof Owner.OfClass ofClass) {
            return ofClass.first().value();
        } else if (owner instanceof Owner.OfAddress address) {
            return address.number();
        }
        return 0;
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(bits);
    }
}
