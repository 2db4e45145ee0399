package io.plugboard.controller.reconcile;

import com.google.common.util.concurrent.MoreExecutors;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.controller.Accepted;
import io.plugboard.controller.observe.StatusReport;
import io.plugboard.controller.observe.VnicStatus;
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
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One bridge, its switch, and what keeps the one as the other should be. */
abstract class OneBridge {
    static final DatapathId DPID = new DatapathId(0xa1);
    static final PortGroupName RED = new PortGroupName("red");
    final ManualTimer timer = new ManualTimer();
    final FakeSwitch ovs = new FakeSwitch(DPID);
    final BridgeReconciler reconciler = new BridgeReconciler(
            DPID,
            Topology.EMPTY,
            MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor()),
            timer,
            state -> {},
            new NobodyIsTold());
    Topology topology = Topology.EMPTY;

    void apply(TopologyChange... changes) {
        Topology.Applied applied = Accepted.by(topology, changes);
        topology = applied.topology();
        reconciler.topologyChanged(topology, applied.touched());
    }

    void putBridge() {
        apply(
                new TopologyChange.BridgePut(new Bridge(DPID, "host-a", List.of("up1"))),
                new TopologyChange.PortGroupPut(new PortGroup(RED, new VlanMode.Access(new VlanId(100)))));
    }

    static TopologyChange attach(int number) {
        return new TopologyChange.VnicAttached(new Vnic(
                id(number),
                new Place(DPID, new PortRef.ByName("tap" + number)),
                new MacAddress(0x5254_0000_0000L + number),
                RED,
                Vnic.Source.REST));
    }

    static TopologyChange detach(int number) {
        return new TopologyChange.VnicDetached(id(number));
    }

    static VnicId id(int number) {
        return new VnicId("vnic-" + number);
    }

    static Observed.Port tap(int number) {
        return port(100 + number, "tap" + number);
    }

    static Observed.Port port(int number, String name) {
        return new Observed.Port(number, name, new MacAddress(0x0200_0000_0000L + number), true);
    }

    static Observed ports(int taps) {
        List<Observed.Port> ports = new ArrayList<>(List.of(port(1, "up1")));
        for (int number = 1; number <= taps; number++) {
            ports.add(tap(number));
        }
        return Observed.of(ports);
    }

    BridgeView desired() {
        return new BridgeView(topology, DPID, reconciler.state().observed(), Set.of());
    }

    VnicStatus status(int number) {
        return new StatusReport(topology, reconciler.state())
                .vnic(topology.attachment(id(number)).orElseThrow());
    }

    List<String> problems() {
        return new StatusReport(topology, reconciler.state()).bridge().problems();
    }
}
