package io.plugboard.it.wire;

import io.plugboard.compiler.frame.Checksum;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.EthernetFrame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.Ipv4Packet;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.frame.RouterAlert;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.Arrays;
import java.util.HexFormat;

/** Reports of IGMPv3 (RFC 3376, section 4.2) as a guest may send them who means harm, in hexadecimal. */
record MembershipFrame(MacAddress mac) {
    private static final int V3_REPORT = 0x22;
    private static final int EXCLUDE = 2;
    private static final Ipv4Address ALL_V3_ROUTERS = Ipv4Address.parse("224.0.0.22");
    private static final Ipv4Address SOURCE = Ipv4Address.parse("192.0.2.66");
    /** 239.9.0.0; a record's group is that plus its index. */
    private static final int FIRST_GROUP = 0xef09_0000;

    private static final int ETHERNET = 14;
    private static final int FRAGMENT_AT = ETHERNET + 6;
    private static final int IP_CHECKSUM_AT = ETHERNET + 10;
    private static final int IP_HEADER = 24;
    private static final int IGMP_CHECKSUM_AT = ETHERNET + IP_HEADER + 2;

    String groups(int count) {
        return hex(report(count, count));
    }

    /** It says that it has more records than it has. */
    String recordsMissing(int said, int there) {
        return hex(report(said, there));
    }

    /** Its packet says that it is longer than its frame is. */
    String cutOff(int octets) {
        return hex(Arrays.copyOf(report(1, 1), octets));
    }

    String wrongChecksum() {
        byte[] frame = report(1, 1);
        frame[IGMP_CHECKSUM_AT] ^= 1;
        return hex(frame);
    }

    String wrongIpChecksum() {
        byte[] frame = report(1, 1);
        frame[IP_CHECKSUM_AT] ^= 1;
        return hex(frame);
    }

    /** @param field of flags and offset (RFC 791, section 3.1) */
    String fragment(int field) {
        byte[] frame = report(1, 1);
        frame[FRAGMENT_AT] = (byte) (field >> 8);
        frame[FRAGMENT_AT + 1] = (byte) field;
        frame[IP_CHECKSUM_AT] = 0;
        frame[IP_CHECKSUM_AT + 1] = 0;
        int checksum = Checksum.of(Octets.of(Arrays.copyOfRange(frame, ETHERNET, ETHERNET + IP_HEADER)));
        frame[IP_CHECKSUM_AT] = (byte) (checksum >> 8);
        frame[IP_CHECKSUM_AT + 1] = (byte) checksum;
        return hex(frame);
    }

    private byte[] report(int said, int there) {
        OctetWriter records = new OctetWriter().u16(0).u16(said);
        for (int index = 0; index < there; index++) {
            records.u8(EXCLUDE).u8(0).u16(0).u32(FIRST_GROUP + index);
        }
        Octets head = new OctetWriter().u8(V3_REPORT).u8(0).toOctets();
        Octets message = new OctetWriter()
                .octets(head)
                .u16(Checksum.of(head, records.toOctets()))
                .octets(records.toOctets())
                .toOctets();
        Octets packet =
                new Ipv4Packet(0xc0, 1, IpProtocol.IGMP, SOURCE, ALL_V3_ROUTERS, RouterAlert.IPV4, message).toOctets();
        MacAddress destination = MacAddress.parse("01:00:5e:00:00:16");
        return new EthernetFrame(destination, mac, VlanId.UNTAGGED, EtherType.IPV4, packet)
                .toOctets()
                .toArray();
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }
}
