package io.plugboard.compiler.announce;

import io.plugboard.compiler.frame.MalformedFrame;
import io.plugboard.compiler.frame.OctetReader;
import io.plugboard.compiler.frame.OctetWriter;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.topology.model.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What an IGMPv3 or MLDv2 report says of one group (RFC 3376, sections 4.2.4 to 4.2.12; RFC 3810, sections 5.2.5 to
 * 5.2.12). They differ in the length of an address alone.
 *
 * @param type of the record, 1 to 6, or one that nobody knows yet
 * @param sources how many sources it names
 */
record GroupRecord(int type, int sources, IpAddress group) {
    static final int MODE_IS_INCLUDE = 1;
    static final int MODE_IS_EXCLUDE = 2;
    static final int CHANGE_TO_INCLUDE_MODE = 3;
    static final int CHANGE_TO_EXCLUDE_MODE = 4;
    static final int ALLOW_NEW_SOURCES = 5;

    private static final int WORD = 4;

    /** How an address is read: of one version of IP. */
    @FunctionalInterface
    interface AddressReader {
        IpAddress read(OctetReader reader) throws MalformedFrame;
    }

    /**
     * Reads all records of a report, whose octets bound their number.
     *
     * @param reader behind the report's checksum
     * @throws MalformedFrame when there are fewer than the report says
     */
    static List<GroupRecord> readAll(OctetReader reader, AddressReader address) throws MalformedFrame {
        int count = reader.skip(2).u16();
        List<GroupRecord> records = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int type = reader.u8();
            int auxiliary = reader.u8() * WORD;
            int sources = reader.u16();
            IpAddress group = address.read(reader);
            reader.skip(sources * group.octets().length).skip(auxiliary);
            records.add(new GroupRecord(type, sources, group));
        }
        return records;
    }

    /** What follows a report's checksum, for so many reports as these groups need: each a member whatever the source. */
    static List<Octets> anySource(Collection<? extends IpAddress> groups, int most) {
        List<IpAddress> all = List.copyOf(groups);
        List<Octets> reports = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            List<IpAddress> some = all.subList(from, Math.min(all.size(), from + most));
            OctetWriter writer = new OctetWriter().u16(0).u16(some.size());
            some.forEach(group -> writer.u8(MODE_IS_EXCLUDE).u8(0).u16(0).ip(group));
            reports.add(writer.toOctets());
        }
        return reports;
    }

    /** Whether its guest listens to the group, from then on, if only to some sources. */
    boolean joins() {
        return switch (type) {
            case MODE_IS_EXCLUDE, CHANGE_TO_EXCLUDE_MODE -> true;
            case MODE_IS_INCLUDE, CHANGE_TO_INCLUDE_MODE, ALLOW_NEW_SOURCES -> sources > 0;
            default -> false;
        };
    }

    /** Whether it listens to those sources alone that the record names. */
    boolean isSourceSpecific() {
        return joins() && type != MODE_IS_EXCLUDE && type != CHANGE_TO_EXCLUDE_MODE;
    }

    /** Whether it listens to the group no more: to no source but none. */
    boolean leaves() {
        return (type == MODE_IS_INCLUDE || type == CHANGE_TO_INCLUDE_MODE) && sources == 0;
    }
}
