package io.plugboard.it.wire;

import static io.plugboard.it.wire.MigrationLab.Host.HOST1;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.it.wire.MigrationLab.Host;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest goes to and fro between two hosts while it sends and receives. */
@Timeout(600)
class ToAndFroIT {
    private static final int MIGRATIONS = 100;
    /** Frames a second, each way. */
    private static final int RATE = 1000;
    /** How many frames have to come, each way, before the next migration. */
    private static final int SETTLED = 20;

    private static final NumberedStream TO_GUEST = new NumberedStream(
            MigrationLab.SOURCE_MAC, MigrationLab.MAC, MigrationLab.ADDRESS, MigrationLab.VLAN, 7001);
    private static final NumberedStream FROM_GUEST = new NumberedStream(
            MigrationLab.MAC, MigrationLab.SOURCE_MAC, Ipv4Address.parse("10.77.0.1"), VlanId.UNTAGGED, 7002);

    private final Plugboard plugboard = Plugboard.start();
    private final RestClient rest = plugboard.rest();
    private final MigrationLab lab = new MigrationLab(plugboard.openFlow());
    private final Watch watch = lab.watch();

    @AfterEach
    void unplug() {
        lab.close();
        plugboard.close();
    }

    @Test
    void nothingIsDuplicatedNorComesToThePlaceThatWasLeft() {
        rest.apply(MigrationLab.bridges(true));
        lab.runGuestOn(HOST1);
        MigrationLab.plug(rest, MigrationLab.guestOn(HOST1));
        lab.sendFromOutside(TO_GUEST, RATE);
        lab.sendFromGuest(FROM_GUEST, RATE);
        awaitBothWays(watch.now());

        System.out.printf("%d migrations under %,d frames/s each way; frames lost in one of them:%n", MIGRATIONS, RATE);
        toAndFro("announced");
        rest.apply(MigrationLab.bridges(false));
        toAndFro("not announced");
    }

    /** While the guest is plugged in elsewhere, in nanoseconds by the kernel's clock. */
    private record Absence(Host host, long since, long until) {
        boolean isBrokenBy(Sighting seen) {
            return seen.enters(host.port() + "-end") && seen.time() > since && seen.time() < until;
        }
    }

    private void toAndFro(String title) {
        int start = watch.now();
        List<Losses> received = new ArrayList<>();
        List<Losses> sent = new ArrayList<>();
        List<Absence> absences = new ArrayList<>();
        Host host = HOST1;
        for (int count = 0; count < MIGRATIONS; count++) {
            int mark = watch.now();
            absences.add(migrate(host, host.other()));
            host = host.other();
            List<Sighting> seen = watch.since(mark);
            received.add(Losses.between(seen, TO_GUEST, "source-end", "card"));
            sent.add(Losses.between(seen, FROM_GUEST, "card", "source-end"));
        }
        print(title + ", to the guest", received);
        print(title + ", from the guest", sent);
        List<Sighting> all = watch.since(start);
        for (Absence absence : absences) {
            assertThat(all).noneMatch(absence::isBrokenBy);
        }
        assertThat(Losses.between(all, TO_GUEST, "source-end", "card").duplicates())
                .isZero();
        assertThat(Losses.between(all, FROM_GUEST, "card", "source-end").duplicates())
                .isZero();
    }

    private Absence migrate(Host from, Host to) {
        MigrationLab.prepare(rest, to, "request");
        lab.runGuestOn(to);
        MigrationLab.activate(rest);
        lab.awaitLeft(from);
        long left = Watch.time();
        awaitBothWays(watch.now());
        return new Absence(from, left, Watch.time());
    }

    private static void print(String title, List<Losses> losses) {
        int[] lost =
                losses.stream().mapToInt(each -> each.lost().size()).sorted().toArray();
        System.out.printf(
                "  %-32s least %d, median %d, 90 %% %d, most %d; %d in all%n",
                title,
                lost[0],
                lost[lost.length / 2],
                lost[lost.length * 9 / 10],
                lost[lost.length - 1],
                IntStream.of(lost).sum());
    }

    private void awaitBothWays(int mark) {
        watch.await(mark, SETTLED, seen -> seen.leaves("card") && seen.isOf(TO_GUEST));
        watch.await(mark, SETTLED, seen -> seen.enters("source-end") && seen.isOf(FROM_GUEST));
    }
}
