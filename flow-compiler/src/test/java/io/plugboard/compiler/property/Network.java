package io.plugboard.compiler.property;

import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that a program follows from, for the bridge of the scenarios, and how it changes. */
public record Network(Topology topology, Observed observed, Set<VnicId> withheld) {
    public static final Network EMPTY = new Network(Topology.EMPTY, Observed.NO_PORTS, Set.of());

    public Network {
        withheld = Set.copyOf(withheld);
    }

    public BridgeView view() {
        return new BridgeView(topology, Scenario.BRIDGE, observed, withheld);
    }

    /** What it is after all of these events. */
    public Changed after(List<Event> history) {
        Changed changed = Changed.nothing(this);
        for (Event event : history) {
            changed = changed.then(event);
        }
        return changed;
    }

    /** The network after some events, and what they touched. */
    public record Changed(Network network, Touched touched, List<Observed.Port> ports) {
        public static Changed nothing(Network network) {
            return new Changed(network, Touched.NOTHING, List.of());
        }

        public Changed then(Event event) {
            Changed next = event.happen(network);
            List<Observed.Port> allPorts = new ArrayList<>(ports);
            allPorts.addAll(next.ports);
            return new Changed(next.network, touched.and(next.touched), allPorts);
        }
    }

    /** Something that can happen to a network. */
    public sealed interface Event {
        Changed happen(Network network);
    }

    /** A transaction; nothing happens when it is rejected. */
    public record Transaction(List<TopologyChange> changes) implements Event {
        @Override
        public Changed happen(Network network) {
            try {
                Topology.Applied applied = network.topology.apply(changes);
                return new Changed(
                        new Network(applied.topology(), network.observed, network.withheld),
                        applied.touched(),
                        List.of());
            } catch (ChangeRejected rejected) {
                return Changed.nothing(network);
            }
        }
    }

    public record PortSeen(int number, String name) implements Event {
        @Override
        public Changed happen(Network network) {
            Observed.Port port = new Observed.Port(number, name, new MacAddress(0), true);
            Observed after = network.observed.with(port);
            List<Observed.Port> ports = new ArrayList<>(List.of(port));
            network.observed.ports().values().stream()
                    .filter(old -> !after.ports().containsValue(old))
                    .forEach(ports::add);
            return new Changed(new Network(network.topology, after, network.withheld), Touched.NOTHING, ports);
        }
    }

    public record PortGone(int number) implements Event {
        @Override
        public Changed happen(Network network) {
            List<Observed.Port> gone = network.observed.ports().containsKey(number)
                    ? List.of(network.observed.ports().get(number))
                    : List.of();
            return new Changed(
                    new Network(network.topology, network.observed.without(number), network.withheld),
                    Touched.NOTHING,
                    gone);
        }
    }

    /** The switch refuses a vNIC's flows, or takes them again. */
    public record RefusalToggled(VnicId vnic) implements Event {
        @Override
        public Changed happen(Network network) {
            Set<VnicId> withheld = new HashSet<>(network.withheld);
            if (!withheld.add(vnic)) {
                withheld.remove(vnic);
            }
            return new Changed(
                    new Network(network.topology, network.observed, withheld),
                    new Touched(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(Set.of(vnic))),
                    List.of());
        }
    }
}
