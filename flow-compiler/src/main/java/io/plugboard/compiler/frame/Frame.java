package io.plugboard.compiler.frame;

import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An Ethernet frame, as far as the pipeline can look into it.
 *
 * @param tags outermost first
 * @param etherType of the payload behind all tags
 * @param ipProtocol of an IPv4 or IPv6 payload, of IPv6 behind its extension headers; else empty
 * @param icmpv6Type of an ICMPv6 payload; else empty
 */
public record Frame(
        MacAddress destination,
        MacAddress source,
        List<VlanTag> tags,
        int etherType,
        OptionalInt ipProtocol,
        OptionalInt icmpv6Type) {
    public Frame {
        Objects.requireNonNull(destination);
        Objects.requireNonNull(source);
        tags = List.copyOf(tags);
        if (etherType < 0 || etherType > 0xffff || EtherType.isTag(etherType)) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(etherType) + " is not a payload's EtherType");
        }
        boolean isIp = etherType == EtherType.IPV4 || etherType == EtherType.IPV6;
        if (isIp != ipProtocol.isPresent()) {
            throw new IllegalArgumentException("an IP payload, and no other, has an IP protocol");
        }
        boolean isIcmpv6 = etherType == EtherType.IPV6 && ipProtocol.getAsInt() == IpProtocol.ICMPV6;
        if (isIcmpv6 != icmpv6Type.isPresent()) {
            throw new IllegalArgumentException("an ICMPv6 payload, and no other, has an ICMPv6 type");
        }
    }

    /** An untagged frame whose payload is not IP. */
    public static Frame of(MacAddress destination, MacAddress source, int etherType) {
        return new Frame(destination, source, List.of(), etherType, OptionalInt.empty(), OptionalInt.empty());
    }

    /** An untagged IPv4 frame. */
    public static Frame ipv4(MacAddress destination, MacAddress source, int protocol) {
        return new Frame(destination, source, List.of(), EtherType.IPV4, OptionalInt.of(protocol), OptionalInt.empty());
    }

    /** An untagged IPv6 frame with another payload than ICMPv6. */
    public static Frame ipv6(MacAddress destination, MacAddress source, int protocol) {
        return new Frame(destination, source, List.of(), EtherType.IPV6, OptionalInt.of(protocol), OptionalInt.empty());
    }

    /** An untagged ICMPv6 frame. */
    public static Frame icmpv6(MacAddress destination, MacAddress source, int type) {
        return new Frame(
                destination,
                source,
                List.of(),
                EtherType.IPV6,
                OptionalInt.of(IpProtocol.ICMPV6),
                OptionalInt.of(type));
    }

    public Frame withTags(List<VlanTag> others) {
        return new Frame(destination, source, others, etherType, ipProtocol, icmpv6Type);
    }

    /** This frame with one more tag before those it has. */
    public Frame tagged(VlanTag outer) {
        List<VlanTag> more = new ArrayList<>(tags.size() + 1);
        more.add(outer);
        more.addAll(tags);
        return withTags(more);
    }

    /** This frame with one more tag, a customer tag of priority 0, before those it has. */
    public Frame tagged(int vlan) {
        return tagged(VlanTag.of(vlan));
    }

    /**
     * This frame without its outer tag.
     *
     * @throws IndexOutOfBoundsException when it has none
     */
    public Frame untagged() {
        return withTags(tags.subList(1, tags.size()));
    }

    /** {@code 52:54:00:00:00:01 > ff:ff:ff:ff:ff:ff [100] 0x806}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(source).append(" > ").append(destination);
        tags.forEach(tag -> text.append(" [").append(tag).append(']'));
        text.append(" 0x").append(Integer.toHexString(etherType));
        ipProtocol.ifPresent(protocol -> text.append(" protocol ").append(protocol));
        icmpv6Type.ifPresent(type -> text.append(" type ").append(type));
        return text.toString();
    }
}
