package io.plugboard.it.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.source.Adoption;
import io.plugboard.it.Eventually;
import io.plugboard.it.Plugboard;
import io.plugboard.it.wire.Sighting;
import io.plugboard.it.wire.Watch;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three guests on the bridge of one host. Its rows and their QEMUs say all there is to say: no REST call is made. */
@Timeout(300)
class HypervisorKnowsIT {
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    private static final MacAddress GROUP_MAC = MacAddress.parse("01:00:5e:01:02:03");
    private static final int PORT = 7001;
    private static final int STREAM = 500;

    private static Plugboard plugboard;
    private static ManagedHost host;
    private static Guest first;
    private static Guest second;
    private static Guest third;

    @BeforeAll
    static void boot() {
        plugboard = Plugboard.startWithOvsdb(Adoption.MANAGED);
        host = new ManagedHost(GuestImage.make(), new DatapathId(0xe1), plugboard.openFlow(), plugboard.ovsdb())
                .withAgent();
        host.host().ovs().vsctl("set", "Bridge", QemuHost.BRIDGE, "external_ids:plugboard-promiscuous-mode=accept");
        first = guest(1);
        second = guest(2);
        third = guest(3);
        for (Guest guest : List.of(first, second, third)) {
            guest.place().awaitBoot();
            host.awaitState(guest.place().tap(), "active");
            // What its driver has said by now, not what its card said before.
            Eventually.get(
                    () -> host.externalId(guest.place().tap(), "plugboard-rx-filter"),
                    filter -> filter.contains(guest.machine().mac().toString()));
        }
        second.listen(PORT);
        third.watch();
    }

    private static Guest guest(int number) {
        VirtualMachine machine = new VirtualMachine(
                "guest" + number,
                MacAddress.parse("52:54:00:00:79:0" + number),
                Ipv4Address.parse("10.79.0." + number));
        return new Guest(host.host().boot(machine, "vnet" + number));
    }

    @AfterAll
    static void end() {
        host.close();
        plugboard.close();
    }

    private static void awaitPing(Guest from, Guest to) {
        Eventually.get(() -> from.ping(to.machine().address(), 1), answered -> answered == 1);
    }

    private static void send(Guest from, Ipv4Address to, int count) {
        from.send(to, PORT, count, Duration.ofMillis(1));
    }

    private static int seenByThird(MacAddress destination) {
        return third.seen(first.machine().mac(), destination);
    }

    @Test
    void theyTalkToEachOther() {
        awaitPing(first, second);
        awaitPing(second, third);
        awaitPing(third, first);
    }

    @Test
    void aPromiscuousGuestSeesTheOthersTalkForAsLongAsItIs() {
        MacAddress destination = second.machine().mac();
        awaitPing(first, second);
        awaitUnseen(destination);

        Qmp qmp = third.place().qmp();
        int told = qmp.now();
        try (Watch watch =
                Watch.of(host.host().namespace(), List.of(third.place().tap()))) {
            send(first, second.machine().address(), STREAM);
            third.promiscuous(true);
            Qmp.Event said = qmp.await(told, "NIC_RX_FILTER_CHANGED");
            // The stream may be over before its neighbour is a mirror.
            Sighting mirrored = Eventually.get(
                            () -> {
                                send(first, second.machine().address(), 1);
                                return watch.since(
                                        0, seen -> seen.frame().destination().equals(destination));
                            },
                            seen -> !seen.isEmpty())
                    .get(0);
            System.out.printf(
                    "a guest sees its neighbours talk %.1f ms after its card has become promiscuous, by QEMU's word%n",
                    (mirrored.time() / 1_000 - said.time()) / 1_000.0);
        }
        Eventually.get(() -> seenByThird(destination), seen -> seen > 0);

        third.promiscuous(false);
        awaitUnseen(destination);
    }

    /** Waits until what the first one sends the second one is not seen any more, and makes sure that it stays so. */
    private static void awaitUnseen(MacAddress destination) {
        int before = Eventually.get(
                () -> {
                    int soFar = seenByThird(destination);
                    assertThat(first.pingPatiently(second.machine().address(), 3))
                            .isEqualTo(3);
                    return seenByThird(destination) == soFar ? soFar : -1;
                },
                seen -> seen >= 0);
        send(first, second.machine().address(), 10);
        awaitPing(first, second);
        assertThat(seenByThird(destination)).isEqualTo(before);
    }

    @Test
    void aStreamReachesTheGuestThatHasJoinedAndNobodyElse() {
        assertThat(host.flows()).doesNotContain(GROUP_MAC.toString());

        second.join(GROUP, PORT);
        Eventually.get(host::flows, flows -> flows.contains(GROUP_MAC.toString()));
        // Open vSwitch has its flows before its cache follows.
        int before = Eventually.get(
                () -> {
                    send(first, GROUP, 1);
                    return second.received(GROUP);
                },
                received -> received > 0);
        send(first, GROUP, 10);
        Eventually.get(() -> second.received(GROUP), received -> received >= before + 10);
        assertThat(seenByThird(GROUP_MAC)).isZero();

        second.leave(GROUP);
        Eventually.get(host::flows, flows -> !flows.contains(GROUP_MAC.toString()));
    }

    @Test
    void aGuestThatChangesItsMacIsBlockedUntilItGoesBack() {
        third.changeMac(MacAddress.parse("52:54:00:00:79:99"));
        host.awaitState("vnet3", "blocked:macAddressChanged");
        assertThat(third.ping(first.machine().address(), 1)).isZero();

        third.changeMac(third.machine().mac());
        host.awaitState("vnet3", "active");
        awaitPing(third, first);
    }
}
