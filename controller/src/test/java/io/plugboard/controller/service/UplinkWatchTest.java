package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.ManualTimer;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UplinkWatchTest {
    private static final DatapathId HOST = new DatapathId(0xa1);
    private static final UplinkPin FIRST = new UplinkPin(1);
    private static final UplinkPin SECOND = new UplinkPin(2);

    private final ManualTimer timer = new ManualTimer();
    private final LiveSwitches switches = QuietAnnouncer.switches(timer, System::nanoTime);
    private final UplinkWatch watch = new UplinkWatch(switches, timer);
    private final SingleWriter topology = new SingleWriter(new MemoryStore(), List.of(switches, watch));
    private final FakeSwitch host = new FakeSwitch(HOST);

    @BeforeEach
    void plugAVnicInOnABridgeOfTwoUplinks() {
        watch.reportTo(topology);
        change(
                new TopologyChange.BridgePut(new Bridge(HOST, "", List.of("eth0", "eth1"))),
                new TopologyChange.PortGroupPut(new PortGroup(new PortGroupName("flat"), new VlanMode.Untagged())),
                new TopologyChange.VnicAttached(new Vnic(
                        new VnicId("web"),
                        new Place(HOST, new PortRef.ByName("tap0")),
                        MacAddress.parse("52:54:00:00:00:01"),
                        new PortGroupName("flat"),
                        Vnic.Source.REST)));
        watch.connected(host, Observed.of(List.of(port(1, "eth0", true), port(2, "eth1", true))));
    }

    @AfterEach
    void close() {
        topology.close();
        timer.shutdownNow();
    }

    @Test
    void movesVnicsWhenTheirUplinkLosesItsLink() {
        watch.portPut(host, port(1, "eth0", false));

        assertThat(pin()).isEqualTo(SECOND);
    }

    @Test
    void movesVnicsWhenTheirUplinkIsGone() {
        watch.portGone(host, 1);

        assertThat(pin()).isEqualTo(SECOND);
    }

    @Test
    void bringsThemBackAfterTheFailbackDelay() {
        watch.portPut(host, port(1, "eth0", false));
        assertThat(pin()).isEqualTo(SECOND);
        watch.portPut(host, port(1, "eth0", true));
        assertThat(pin()).isEqualTo(SECOND);

        timer.elapse();

        assertThat(pin()).isEqualTo(FIRST);
    }

    @Test
    void bringsThemBackWhenTheDelayIsOverBeforeTheLinkIsReported() {
        watch.portPut(host, port(1, "eth0", false));
        assertThat(pin()).isEqualTo(SECOND);
        watch.reportTo(new TopologyService() {
            @Override
            public Topology topology() {
                timer.elapse();
                return topology.topology();
            }

            @Override
            public CompletionStage<Topology.Applied> change(String who, Change change) {
                return topology.change(who, change);
            }

            @Override
            public void announcedUpTo(DatapathId bridge, long revision) {
                topology.announcedUpTo(bridge, revision);
            }
        });

        watch.portPut(host, port(1, "eth0", true));

        assertThat(pin()).isEqualTo(FIRST);
    }

    @Test
    void leavesThemWhereTheyAreWhenTheLinkFlapsMeanwhile() {
        watch.portPut(host, port(1, "eth0", false));
        assertThat(pin()).isEqualTo(SECOND);
        watch.portPut(host, port(1, "eth0", true));
        watch.portPut(host, port(1, "eth0", false));

        timer.elapse();

        assertThat(pin()).isEqualTo(SECOND);
    }

    @Test
    void seesOnConnectingWhatHasHappenedMeanwhile() {
        watch.disconnected(host, "gone");
        FakeSwitch again = new FakeSwitch(HOST);
        watch.connected(again, Observed.of(List.of(port(2, "eth1", true))));

        assertThat(pin()).isEqualTo(SECOND);
    }

    @Test
    void knowsNothingOfABridgeThatIsNotConnected() {
        watch.disconnected(host, "gone");
        watch.portPut(host, port(1, "eth0", false));

        assertThat(pin()).isEqualTo(FIRST);
    }

    @Test
    void seesTheUplinksOfABridgeThatIsPutLater() {
        watch.portPut(host, port(3, "eth2", false));
        change(new TopologyChange.BridgePut(new Bridge(HOST, "", List.of("eth2", "eth1"))));

        assertThat(pin()).isEqualTo(SECOND);
    }

    private static Observed.Port port(int number, String name, boolean linkUp) {
        return new Observed.Port(number, name, new MacAddress(number), linkUp);
    }

    /** Once everything that was under way is stored and published. */
    private UplinkPin pin() {
        change();
        change();
        return topology.topology().attachment(new VnicId("web")).orElseThrow().pin();
    }

    private void change(TopologyChange... changes) {
        topology.change("test", current -> List.of(changes))
                .toCompletableFuture()
                .join();
    }
}
