package io.plugboard.controller.announce;

import io.plugboard.topology.model.VnicId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The frames that were sent last, {@value #CAPACITY} of them. Any thread may add and read. */
public final class AnnouncementLog {
    public static final int CAPACITY = CaptureRing.CAPACITY;

    private final CaptureRing capture = new CaptureRing();
    private final NavigableMap<Long, AnnouncementRecord> records = new TreeMap<>();
    private long last;

    /** @param record made with the number that it is given */
    synchronized AnnouncementRecord add(Function<Long, AnnouncementRecord> record) {
        last++;
        AnnouncementRecord added = record.apply(last);
        records.put(last, added);
        capture.add(new CapturedFrame(added.time(), interfaceName(added), added.frame(), comment(added)));
        if (records.size() > CAPACITY) {
            records.pollFirstEntry();
        }
        return added;
    }

    /** The answer to a query; empty when that is no longer kept. */
    synchronized Optional<AnnouncementRecord> answered(long number, AnnouncementRecord.Answer answer) {
        return Optional.ofNullable(records.computeIfPresent(number, (unused, query) -> query.answered(answer)));
    }

    /** Oldest first. */
    public synchronized List<AnnouncementRecord> records() {
        return List.copyOf(records.values());
    }

    /** Those of one vNIC, oldest first. */
    public synchronized List<AnnouncementRecord> records(VnicId vnic) {
        return records.values().stream()
                .filter(record -> record.vnic().equals(vnic))
                .toList();
    }

    /** As a pcapng file of its own. Whoever adds does not wait for the stream. */
    public void writeTo(OutputStream out) throws IOException {
        capture.writeTo(out);
    }

    private static String interfaceName(AnnouncementRecord record) {
        return record.bridge() + "/" + record.port();
    }

    private static String comment(AnnouncementRecord record) {
        return "vNIC " + record.vnic() + ", " + record.occasion().words() + ": "
                + record.kind().word() + ", round " + record.round();
    }
}
