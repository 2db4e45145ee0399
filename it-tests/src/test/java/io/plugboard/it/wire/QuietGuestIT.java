package io.plugboard.it.wire;

import static io.plugboard.it.wire.MigrationLab.Host.HOST1;
import static io.plugboard.it.wire.MigrationLab.Host.HOST2;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.it.wire.MigrationLab.Host;
import io.plugboard.topology.model.MacAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A guest that says nothing by itself receives a stream of its own and one to a group, and migrates. Physical switches have
 * nothing but the announcements to go by.
 */
@Timeout(180)
class QuietGuestIT {
    private static final int RATE = 500;
    /** How many frames of a stream are looked at before the migration, and after it. */
    private static final int WINDOW = 400;

    /** That its card listens to, and so the guest is asked by MLD too. */
    private static final MacAddress IPV6_GROUP = MacAddress.parse("33:33:00:01:02:03");

    private static final NumberedStream UNICAST = new NumberedStream(
            MigrationLab.SOURCE_MAC, MigrationLab.MAC, MigrationLab.ADDRESS, MigrationLab.VLAN, 7001);
    private static final NumberedStream MULTICAST =
            NumberedStream.toGroup(MigrationLab.SOURCE_MAC, MigrationLab.GROUP, MigrationLab.VLAN, 7002);
    private static final Map<String, NumberedStream> STREAMS = Map.of("unicast", UNICAST, "multicast", MULTICAST);

    private final Plugboard plugboard = Plugboard.start();
    private final RestClient rest = plugboard.rest();
    private final MigrationLab lab = new MigrationLab(plugboard.openFlow());
    private final Watch watch = lab.watch();

    @BeforeEach
    void plugIn() {
        rest.apply(MigrationLab.bridges(true));
        lab.runGuestOn(HOST1);
        plugOn(HOST1);
        lab.listen();
        lab.sendFromOutside(UNICAST, RATE);
        lab.sendFromOutside(MULTICAST, RATE);
        awaitStreams(watch.now(), HOST1);
        // Of its group it tells twice by itself, within a second; after that it says nothing that it is not asked.
        watch.await(0, 2, seen -> seen.enters("card") && seen.isIgmpReport());
    }

    @AfterEach
    void unplug() {
        lab.close();
        plugboard.close();
    }

    private void plugOn(Host host) {
        MigrationLab.plug(rest, MigrationLab.guestOn(host, GroupMac.of(MigrationLab.GROUP), IPV6_GROUP));
    }

    /** The machine runs on another host at once, and its hypervisor says so. Returns what had been seen before. */
    private int migrateTo(Host host) {
        int mark = watch.now();
        lab.runGuestOn(host);
        plugOn(host);
        return mark;
    }

    private void awaitStreams(int mark, Host host) {
        for (NumberedStream stream : STREAMS.values()) {
            watch.await(mark, WINDOW, seen -> seen.enters(host.port() + "-end") && seen.isOf(stream));
        }
    }

    private void print(String title, int mark) {
        System.out.println(title);
        STREAMS.forEach((name, stream) -> System.out.println("  " + name + ": " + Losses.of(watch, mark, stream)));
    }

    /** How soon after its first announcement has left the new place. */
    private void printArrivals(int mark, Host host) {
        Sighting announced = watch.await(mark, seen -> seen.leaves(host.uplink()) && announces(seen));
        STREAMS.forEach((name, stream) -> {
            Sighting arrived = watch.await(mark, seen -> seen.enters(host.port() + "-end") && seen.isOf(stream));
            System.out.printf(
                    "  %s arrives %.1f ms after the first announcement%n",
                    name, (arrived.time() - announced.time()) / 1e6);
        });
    }

    private void printTables(String title) {
        System.out.println(title);
        for (String physical : List.of("left", "right")) {
            System.out.print(lab.ovs().appctl("fdb/show", physical).indent(2));
            System.out.print(lab.ovs().appctl("mdb/show", physical).indent(2));
        }
    }

    @Test
    void bothStreamsFollowAGuestThatIsAnnounced() {
        printTables("before");

        int first = migrateTo(HOST2);
        awaitStreams(first, HOST2);
        print("announced, with groups that the guest is asked for", first);
        printArrivals(first, HOST2);
        printTables("after");
        lab.awaitLeft(HOST1);
        long settled = Watch.time();
        awaitStreams(watch.now(), HOST2);
        assertThat(watch.since(first, seen -> seen.time() > settled && seen.enters("guest1-end")))
                .isEmpty();

        // Its answer to the last query of this place could pass at the next one for the report in its name.
        Sighting lastQuery = watch.await(first, 2, seen -> seen.leaves("card") && seen.isIgmpQuery())
                .get(1);
        watch.await(first, seen -> seen.time() > lastQuery.time() && seen.enters("card") && seen.isIgmpReport());
        // Else the group's stream comes to the first host all the same: it asked for it a few seconds ago.
        lab.forgetGroups();
        int second = migrateTo(HOST1);
        awaitStreams(second, HOST1);
        print("announced, with groups that are known", second);
        printArrivals(second, HOST1);
        Sighting told = watch.await(second, seen -> seen.leaves("up1") && seen.isIgmpReport());
        Sighting answered = watch.await(second, seen -> seen.enters("card") && seen.isIgmpReport());
        System.out.printf(
                "  the report in its name left %.1f ms before its answer%n", (answered.time() - told.time()) / 1e6);
        assertThat(told.time()).isLessThan(answered.time());
        lab.awaitLeft(HOST2);
        long home = Watch.time();
        awaitStreams(watch.now(), HOST1);
        assertThat(watch.since(second, seen -> seen.time() > home && seen.enters("guest2-end")))
                .isEmpty();
    }

    @Test
    void aQueryReachesTheGuestThatIsAskedAndNobodyElse() {
        int mark = migrateTo(HOST2);

        watch.await(mark, 2, seen -> seen.leaves("card") && seen.isIgmpQuery());
        watch.await(mark, 2, seen -> seen.leaves("card") && seen.isMldQuery());
        watch.await(mark, seen -> seen.leaves("up2") && seen.isIgmpReport());

        assertThat(watch.since(mark, seen -> seen.isIgmpQuery() || seen.isMldQuery()))
                .extracting(Sighting::device)
                .containsOnly("guest2-end", "card");
        // Where they are delivered, and not where the guest sends them.
        assertThat(watch.since(mark, seen -> seen.isIgmpReport() && !seen.isLeaving()))
                .extracting(Sighting::device)
                .doesNotContain("near1-end", "near2-end", "guest1-end", "guest2-end");
    }

    @Test
    void neitherStreamFollowsAGuestThatIsNotAnnouncedUntilSwitchesForgetWhereItWas() {
        rest.apply(MigrationLab.bridges(false));
        printTables("before");

        long moved = Watch.time();
        int mark = migrateTo(HOST2);

        Sighting unlearned = watch.await(mark, seen -> seen.enters("guest2-end") && seen.isOf(UNICAST));
        System.out.printf(
                "not announced: the unicast stream arrives %.1f s after the move, as the switches forget where the guest was%n",
                (unlearned.time() - moved) / 1e9);
        print("until then", mark);
        printTables("after");
        assertThat(watch.since(
                        mark,
                        seen -> seen.leaves("source-end") && seen.isOf(UNICAST) && seen.time() < unlearned.time()))
                .hasSizeGreaterThan(WINDOW);
        assertThat(watch.since(mark, seen -> seen.enters("guest2-end") && seen.isOf(MULTICAST)))
                .isEmpty();
    }

    private static boolean announces(Sighting seen) {
        return seen.isRarp() && seen.frame().source().equals(MigrationLab.MAC);
    }
}
