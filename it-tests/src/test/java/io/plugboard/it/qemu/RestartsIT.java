package io.plugboard.it.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.it.Events;
import io.plugboard.it.Eventually;
import io.plugboard.it.PlugboardProcess;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two guests talk while everything around them is killed and comes again. */
@Timeout(300)
class RestartsIT {
    private static final List<String> TAPS = List.of("vnet1", "vnet2");
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    private static final Ipv4Address LATER_GROUP = Ipv4Address.parse("239.1.2.4");
    private static final MacAddress GROUP_MAC = MacAddress.parse("01:00:5e:01:02:03");
    private static final MacAddress LATER_GROUP_MAC = MacAddress.parse("01:00:5e:01:02:04");
    private static final int PORT = 7001;
    private static final int PINGS = 10;

    @TempDir
    private Path data;

    private PlugboardProcess plugboard;
    private ManagedHost host;
    private AgentProcess agent;
    private Guest first;
    private Guest second;
    private Settled before;
    private int marks;

    @BeforeEach
    void boot() {
        plugboard = new PlugboardProcess(data);
        host = new ManagedHost(GuestImage.make(), new DatapathId(0xe1), plugboard.openFlow(), plugboard.ovsdb());
        host.host().ovs().vsctl("set", "Manager", ".", "max_backoff=1000");
        agent = new AgentProcess(host.host());
        first = guest(1);
        second = guest(2);
        first.place().awaitBoot();
        second.place().awaitBoot();
        for (Guest guest : List.of(first, second)) {
            Eventually.get(
                    () -> host.externalId(guest.place().tap(), "plugboard-rx-filter"),
                    filter -> filter.contains(guest.machine().mac().toString()));
        }
        second.join(GROUP, PORT);
        awaitFlowsOf(GROUP_MAC);
        worksAgain();
        second.leave(LATER_GROUP);
        Eventually.get(host::flows, flows -> !flows.contains(LATER_GROUP_MAC.toString()));
        before = now();
        assertThat(before.groups()).isNotEmpty();
    }

    private Guest guest(int number) {
        VirtualMachine machine = new VirtualMachine(
                "guest" + number,
                MacAddress.parse("52:54:00:00:7a:0" + number),
                Ipv4Address.parse("10.80.0." + number));
        return new Guest(host.host().boot(machine, TAPS.get(number - 1)));
    }

    @AfterEach
    void end() {
        agent.close();
        host.close();
        plugboard.close();
    }

    private Settled now() {
        return Settled.now(host, plugboard.rest(), TAPS);
    }

    private void awaitFlowsOf(MacAddress group) {
        Eventually.get(host::flows, flows -> flows.contains(group.toString()));
    }

    /**
     * From the controller to the rows, where it writes anew what somebody has written over; from a guest's card by its agent, its
     * row and the controller to the switch; and from guest to guest. Takes no flow away.
     */
    private void worksAgain() {
        for (String tap : TAPS) {
            host.host().ovs().vsctl("set", "Interface", tap, "external_ids:plugboard-state=overwritten");
        }
        second.join(LATER_GROUP, PORT);
        awaitFlowsOf(LATER_GROUP_MAC);
        TAPS.forEach(tap -> host.awaitState(tap, "active"));
        Eventually.get(() -> second.ping(first.machine().address(), 1), answered -> answered == 1);
    }

    private void comesToTheSame() {
        second.leave(LATER_GROUP);
        Eventually.get(this::now, before::equals);
    }

    /** The guests talk meanwhile, and lose nothing; no flow of theirs is away for a moment. */
    private void withoutLoss(Runnable restart) {
        AtomicBoolean isOver = new AtomicBoolean();
        try (FlowMonitor flows = new FlowMonitor(host.host().ovs(), QemuHost.BRIDGE)) {
            CompletableFuture<Integer> lost = CompletableFuture.supplyAsync(() -> pingUntil(isOver));
            try {
                restart.run();
                worksAgain();
            } finally {
                isOver.set(true);
            }
            assertThat(flows.takeRemovals()).isEmpty();
            assertThat(lost.join()).isZero();
            comesToTheSame();
            assertThat(flows.takeRemovals())
                    .allMatch(flow -> flow.contains(LATER_GROUP_MAC.toString()))
                    .isNotEmpty();
        }
    }

    private int pingUntil(AtomicBoolean isOver) {
        int lost = 0;
        do {
            lost += PINGS - first.pingPatiently(second.machine().address(), PINGS);
        } while (!isOver.get());
        return lost;
    }

    /** Since this controller has started; what it has told is read up to a mark. */
    private void assertThatNothingWasDeleted() {
        String mark = "/port-groups/mark" + ++marks;
        try (Events events = plugboard.rest().eventsSinceStart()) {
            plugboard.rest().put(mark, "{\"vlan\": {\"mode\": \"untagged\"}}").ok();
            events.await("put", mark);
            assertThat(events.soFar())
                    .noneMatch(event -> event.path("kind").asText().equals("deleted"));
        }
    }

    @Test
    void killedInTurnTheyLeaveEverythingAsItWas() {
        withoutLoss(() -> {
            agent.kill();
            agent.startAgain();
        });
        withoutLoss(() -> {
            host.host().ovs().killDatabase();
            host.host().ovs().restartDatabase();
        });
        // Its flows are gone with it, and the frames of that time.
        host.host().ovs().killVswitchd();
        host.host().ovs().restartVswitchd();
        worksAgain();
        comesToTheSame();
        assertThatNothingWasDeleted();

        withoutLoss(() -> {
            plugboard.kill();
            plugboard.startAgain();
        });
        assertThatNothingWasDeleted();
    }

    @Test
    void killedAllAtOnceTheyComeToTheSame() {
        agent.kill();
        plugboard.kill();
        host.host().ovs().killVswitchd();
        host.host().ovs().killDatabase();

        host.host().ovs().restartDatabase();
        host.host().ovs().restartVswitchd();
        agent.startAgain();
        plugboard.startAgain();

        worksAgain();
        comesToTheSame();
        assertThatNothingWasDeleted();
    }
}
