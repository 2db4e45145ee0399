package io.plugboard.controller.reconcile;

import io.plugboard.topology.Observed;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What has been touched since the switch was last sent something: however often, it is compiled once. */
final class Pending {
    private final TreeSet<PortGroupName> portGroups = new TreeSet<>();
    private final TreeSet<DatapathId> bridges = new TreeSet<>();
    private final TreeSet<VnicId> vnics = new TreeSet<>();
    private final List<Observed.Port> ports = new ArrayList<>();

    void add(Touched touched) {
        portGroups.addAll(touched.portGroups());
        bridges.addAll(touched.bridges());
        vnics.addAll(touched.vnics());
    }

    void add(VnicId vnic) {
        vnics.add(vnic);
    }

    void add(Observed.Port port) {
        ports.add(port);
    }

    boolean isEmpty() {
        return portGroups.isEmpty() && bridges.isEmpty() && vnics.isEmpty() && ports.isEmpty();
    }

    Touched touched() {
        return new Touched(portGroups, bridges, vnics);
    }

    List<Observed.Port> ports() {
        return List.copyOf(ports);
    }

    void clear() {
        portGroups.clear();
        bridges.clear();
        vnics.clear();
        ports.clear();
    }
}
