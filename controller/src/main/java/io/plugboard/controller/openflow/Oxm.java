package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Matches, as OXM TLVs (OpenFlow 1.3.5, 7.2.3). */
final class Oxm {
    private static final int OPENFLOW_BASIC = 0x8000;
    private static final int MATCH_TYPE = 1;
    private static final int MATCH_HEADER_LENGTH = 4;
    private static final int FIELD_HEADER_LENGTH = 4;

    private Oxm() {}

    /** Writes an ofp_match with its padding. */
    static void write(Match match, ByteBuf out) {
        int start = out.writerIndex();
        out.writeShort(MATCH_TYPE);
        out.writeShort(0);
        for (MatchField field : Field.BY_NUMBER) {
            if (match.matches(field)) {
                write(field, match.value(field), match.isExact(field), match.mask(field), out);
            }
        }
        int length = out.writerIndex() - start;
        out.setShort(start + 2, length);
        out.writeZero(padding(length));
    }

    /** Writes one field of one value, without padding. */
    static void write(MatchField field, long value, ByteBuf out) {
        write(field, value, true, field.allBits(), out);
    }

    private static void write(MatchField field, long value, boolean exact, long mask, ByteBuf out) {
        int octets = Field.octets(field);
        out.writeShort(OPENFLOW_BASIC);
        out.writeByte(Field.number(field) << 1 | (exact ? 0 : 1));
        out.writeByte(exact ? octets : 2 * octets);
        writeNumber(value, octets, out);
        if (!exact) {
            writeNumber(mask, octets, out);
        }
    }

    /** Reads an ofp_match with its padding; empty when it matches what {@link Match} cannot say. */
    static Optional<Match> read(ByteBuf in) {
        int type = in.readUnsignedShort();
        int length = in.readUnsignedShort();
        ByteBuf fields = in.readSlice(length - MATCH_HEADER_LENGTH);
        in.skipBytes(padding(length));
        Match match = Match.any();
        while (fields.isReadable()) {
            int oxmClass = fields.readUnsignedShort();
            int fieldAndMask = fields.readUnsignedByte();
            ByteBuf content = fields.readSlice(fields.readUnsignedByte());
            Optional<MatchField> field = Field.of(fieldAndMask >> 1);
            boolean masked = (fieldAndMask & 1) != 0;
            if (oxmClass != OPENFLOW_BASIC || field.isEmpty()) {
                return Optional.empty();
            }
            int octets = Field.octets(field.get());
            if (content.readableBytes() != (masked ? 2 * octets : octets)) {
                return Optional.empty();
            }
            long value = readNumber(octets, content);
            long mask = masked ? readNumber(octets, content) : field.get().allBits();
            match = match.with(field.get(), value, mask);
        }
        return type == MATCH_TYPE ? Optional.of(match) : Optional.empty();
    }

    /**
     * Reads an ofp_match with its padding for the value of one field, whatever else is in it; empty when that is not in it,
     * or has a mask.
     */
    static Optional<Long> find(MatchField field, ByteBuf in) {
        in.skipBytes(2);
        int length = in.readUnsignedShort();
        ByteBuf fields = in.readSlice(length - MATCH_HEADER_LENGTH);
        in.skipBytes(padding(length));
        Optional<Long> value = Optional.empty();
        while (fields.isReadable()) {
            ByteBuf one = fields.readSlice(FIELD_HEADER_LENGTH + fields.getUnsignedByte(fields.readerIndex() + 3));
            value = value.or(() -> readExact(field, one));
        }
        return value;
    }

    /** Reads one field; empty when it is another one, or has a mask. */
    static Optional<Long> readExact(MatchField field, ByteBuf in) {
        int octets = Field.octets(field);
        boolean same = in.readUnsignedShort() == OPENFLOW_BASIC
                && in.readUnsignedByte() == Field.number(field) << 1
                && in.readUnsignedByte() == octets;
        return same ? Optional.of(readNumber(octets, in)) : Optional.empty();
    }

    /** The octets that make a length a multiple of 8. */
    static int padding(int length) {
        return -length & 7;
    }

    private static void writeNumber(long value, int octets, ByteBuf out) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.writeByte((int) (value >> shift));
        }
    }

    private static long readNumber(int octets, ByteBuf in) {
        long value = 0;
        for (int octet = 0; octet < octets; octet++) {
            value = value << 8 | in.readUnsignedByte();
        }
        return value;
    }

    /** OFPXMT_OFB_* of a match field, and how many octets its value has (OpenFlow 1.3.5, table 11). */
    private static final class Field {
        /** In this order every field comes behind those that it presupposes: ETH_TYPE, IP_PROTO, ICMPV6_TYPE. */
        static final List<MatchField> BY_NUMBER = Arrays.stream(MatchField.values())
                .sorted(Comparator.comparingInt(Field::number))
                .toList();

        static int number(MatchField field) {
            switch (field) {
                case IN_PORT:
                    return 0;
                case METADATA:
                    return 2;
                case ETH_DST:
                    return 3;
                case ETH_SRC:
                    return 4;
                case ETH_TYPE:
                    return 5;
                case VLAN_VID:
                    return 6;
                case IP_PROTO:
                    return 10;
                case ICMPV6_TYPE:
                    return 29;
            }
            throw new AssertionError(field);
        }

        static Optional<MatchField> of(int number) {
            for (MatchField field : BY_NUMBER) {
                if (number(field) == number) {
                    return Optional.of(field);
                }
            }
            return Optional.empty();
        }

        static int octets(MatchField field) {
            return (Long.SIZE - Long.numberOfLeadingZeros(field.allBits()) + 7) / 8;
        }
    }
}
