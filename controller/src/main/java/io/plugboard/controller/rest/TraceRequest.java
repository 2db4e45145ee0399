package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A frame, and where it comes in. */
record TraceRequest(DatapathId bridge, PortRef inPort, Frame frame) {

    static Optional<TraceRequest> read(JsonNode node, Findings findings) {
        return Fields.of(node, "", findings).flatMap(fields -> {
            Optional<DatapathId> bridge = fields.required("bridge", Fields.text(DatapathId::parse));
            Optional<PortRef> inPort = fields.required("inPort", VnicResource::port);
            Optional<Frame> frame = fields.required("frame", TraceRequest::frame);
            fields.nothingElse();
            return bridge.flatMap(
                    on -> inPort.flatMap(from -> frame.map(traced -> new TraceRequest(on, from, traced))));
        });
    }

    private static Optional<Frame> frame(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<MacAddress> source = fields.required("ethSrc", Fields.text(MacAddress::parse));
            Optional<MacAddress> destination = fields.required("ethDst", Fields.text(MacAddress::parse));
            Optional<Integer> vlan = fields.optional("vlan", number("the id of a tag", VlanTag.MAX_ID));
            Optional<Integer> etherType = fields.optional("ethType", TraceRequest::etherType);
            Optional<Integer> protocol = fields.optional("ipProto", number("an IP protocol", 0xff));
            Optional<Integer> icmpv6Type = fields.optional("icmpv6Type", number("an ICMPv6 type", 0xff));
            fields.nothingElse();
            int type = etherType.orElse(EtherType.IPV4);
            boolean isIp = type == EtherType.IPV4 || type == EtherType.IPV6;
            boolean isIcmpv6 = type == EtherType.IPV6 && protocol.equals(Optional.of(IpProtocol.ICMPV6));
            if (protocol.isPresent() && !isIp) {
                findings.wrong(pointer + "/ipProto", "only IPv4 (0x0800) and IPv6 (0x86dd) have an IP protocol");
            }
            if (icmpv6Type.isPresent() && !isIcmpv6) {
                findings.wrong(pointer + "/icmpv6Type", "only IPv6 (0x86dd) with ipProto 58 has an ICMPv6 type");
            }
            if (source.isEmpty() || destination.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Frame(
                    destination.get(),
                    source.get(),
                    vlan.map(VlanTag::of).map(List::of).orElse(List.of()),
                    type,
                    isIp ? OptionalInt.of(protocol.orElse(0)) : OptionalInt.empty(),
                    isIcmpv6 ? OptionalInt.of(icmpv6Type.orElse(0)) : OptionalInt.empty()));
        });
    }

    private static Fields.Reader<Integer> number(String what, int most) {
        return Fields.integer(value -> {
            if (value < 0 || value > most) {
                throw new IllegalArgumentException(what + " is 0 to " + most + ", not " + value);
            }
            return (int) value;
        });
    }

    /** A number, or its text as {@code 0x0806}. */
    private static Optional<Integer> etherType(JsonNode node, String pointer, Findings findings) {
        Fields.Reader<Integer> reader = node.isTextual()
                ? Fields.text(TraceRequest::spelledEtherType)
                : Fields.integer(TraceRequest::etherType);
        return reader.read(node, pointer, findings);
    }

    private static int spelledEtherType(String text) {
        try {
            return etherType(Long.decode(text.strip()));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' is not an EtherType such as 0x0806", notANumber);
        }
    }

    private static int etherType(long value) {
        if (value < 0 || value > 0xffff || value == EtherType.VLAN || value == EtherType.SERVICE_VLAN) {
            throw new IllegalArgumentException(
                    "an EtherType is 0 to 0xffff, and not a tag's: not 0x" + Long.toHexString(value));
        }
        return (int) value;
    }
}
