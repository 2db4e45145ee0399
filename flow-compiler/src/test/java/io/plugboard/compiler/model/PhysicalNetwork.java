package io.plugboard.compiler.model;

import io.plugboard.topology.model.MacAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One bridge, all of whose uplinks are plugged into one physical switch that learns (IEEE 802.1Q, 8.6 and 8.7), and a machine
 * on another port of that switch. What the bridge sends out of one uplink comes back by the others, as the switch floods it.
 */
public final class PhysicalNetwork {
    /** The machine's port, in what {@link #deliveries} gives. */
    public static final int MACHINE = -1;

    private static final int MOST_HOPS = 10_000;

    private final Vswitch bridge;
    private final List<Integer> uplinks;
    private final Map<Station, Integer> learned = new HashMap<>();

    private record Station(int vlan, MacAddress mac) {}

    /** @param onBridge whether the port is one of the bridge's, and not of the physical switch */
    private record Arrival(boolean onBridge, int port, ModelFrame frame) {}

    /** @param uplinks the bridge's ports towards the switch */
    public PhysicalNetwork(Vswitch bridge, Collection<Integer> uplinks) {
        this.bridge = bridge;
        this.uplinks = List.copyOf(uplinks);
    }

    /** What reaches the bridge's other ports, and the machine, of a frame that comes in on the bridge. */
    public List<Copy> fromGuest(int port, ModelFrame frame) {
        return deliveries(new Arrival(true, port, frame));
    }

    /** The same of a frame that the machine sends. */
    public List<Copy> fromMachine(ModelFrame frame) {
        return deliveries(new Arrival(false, MACHINE, frame));
    }

    private List<Copy> deliveries(Arrival first) {
        List<Copy> deliveries = new ArrayList<>();
        Deque<Arrival> underWay = new ArrayDeque<>(List.of(first));
        for (int hops = 0; !underWay.isEmpty(); hops++) {
            if (hops > MOST_HOPS) {
                throw new IllegalStateException("a frame goes round and round: " + first);
            }
            Arrival arrival = underWay.remove();
            List<Copy> copies = arrival.onBridge()
                    ? bridge.receive(arrival.port(), arrival.frame())
                    : switched(arrival.port(), arrival.frame());
            for (Copy copy : copies) {
                ModelFrame frame = arrival.frame().withTags(copy.tags());
                if (uplinks.contains(copy.port())) {
                    underWay.add(new Arrival(!arrival.onBridge(), copy.port(), frame));
                } else {
                    deliveries.add(copy);
                }
            }
        }
        return deliveries;
    }

    /** The physical switch's ports are numbered as the uplinks that are plugged into them. */
    private List<Copy> switched(int port, ModelFrame frame) {
        int vlan = frame.tags().isEmpty() ? 0 : frame.tags().get(0);
        if (!frame.source().isGroup()) {
            learned.put(new Station(vlan, frame.source()), port);
        }
        Integer known = frame.destination().isGroup() ? null : learned.get(new Station(vlan, frame.destination()));
        List<Integer> ports = new ArrayList<>();
        if (known != null) {
            ports.add(known);
        } else {
            ports.add(MACHINE);
            ports.addAll(uplinks);
        }
        return ports.stream()
                .filter(other -> other != port)
                .map(other -> new Copy(other, frame.tags()))
                .toList();
    }
}
