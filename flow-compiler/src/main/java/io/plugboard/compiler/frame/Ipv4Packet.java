package io.plugboard.compiler.frame;

import io.plugboard.topology.model.Ipv4Address;
import java.util.Objects;

/**
 * A whole IPv4 packet (RFC 791, section 3.1), no fragment of one.
 *
 * @param options 0 to 40 octets, a multiple of 4
 */
public record Ipv4Packet(
        int typeOfService,
        int timeToLive,
        int protocol,
        Ipv4Address source,
        Ipv4Address destination,
        Octets options,
        Octets payload) {
    private static final int VERSION = 4;
    private static final int PLAIN_HEADER = 20;
    private static final int CHECKSUM_AT = 10;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
    private static final int MAX_OPTIONS = 40;

    public Ipv4Packet {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(payload);
        if (options.length() > MAX_OPTIONS || options.length() % 4 != 0) {
            throw new IllegalArgumentException(
                    "IPv4 options are 0 to 40 octets, a multiple of 4, not " + options.length());
        }
    }

    /** With Don't Fragment, and so without an identification (RFC 6864, section 4.1). */
    public Octets toOctets() {
        int header = PLAIN_HEADER + options.length();
        OctetWriter writer = new OctetWriter()
                .u8(VERSION << 4 | header / 4)
                .u8(typeOfService)
                .u16(header + payload.length())
                .u16(0)
                .u16(DO_NOT_FRAGMENT)
                .u8(timeToLive)
                .u8(protocol)
                .u16(0)
                .ip(source)
                .ip(destination)
                .octets(options);
        return writer.u16At(CHECKSUM_AT, Checksum.of(writer.toOctets()))
                .octets(payload)
                .toOctets();
    }

    /**
     * Reads a packet; what follows it is a frame's padding, and is left out.
     *
     * @throws MalformedFrame when it is cut off, contradicts itself, fails its checksum, or is a fragment
     */
    public static Ipv4Packet read(Octets octets) throws MalformedFrame {
        OctetReader reader = new OctetReader(octets, "the IPv4 packet");
        int versionAndLength = reader.u8();
        int header = (versionAndLength & 0xf) * 4;
        if (versionAndLength >> 4 != VERSION || header < PLAIN_HEADER) {
            throw new MalformedFrame(
                    "the first octet of its IPv4 header is 0x" + Integer.toHexString(versionAndLength));
        }
        int typeOfService = reader.u8();
        int total = reader.u16();
        if (total < header) {
            throw new MalformedFrame("its IPv4 length of " + total + " is less than that of its header, " + header);
        }
        int fragment = reader.skip(2).u16() & MORE_FRAGMENTS_OR_OFFSET;
        int timeToLive = reader.u8();
        int protocol = reader.u8();
        reader.skip(2);
        Ipv4Address source = reader.ipv4();
        Ipv4Address destination = reader.ipv4();
        Octets options = reader.take(header - PLAIN_HEADER);
        if (Checksum.of(new OctetReader(octets, "the IPv4 header").take(header)) != 0) {
            throw new MalformedFrame("its IPv4 checksum is wrong");
        } else if (fragment != 0) {
            throw new MalformedFrame("it is a fragment of an IPv4 packet");
        }
        return new Ipv4Packet(
                typeOfService, timeToLive, protocol, source, destination, options, reader.take(total - header));
    }
}
