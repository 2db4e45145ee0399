package io.plugboard.compiler;

import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.FloodSet;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which parts of a bridge's program there are, and which of them a change touches. */
final class Parts {
    private final BridgeView view;
    private final Set<Part> parts;

    private Parts(BridgeView view, Set<Part> parts) {
        this.view = view;
        this.parts = parts;
    }

    static Set<Part> all(BridgeView view) {
        Set<Part> parts = new LinkedHashSet<>();
        new Parts(view, parts).addAll();
        return parts;
    }

    static Set<Part> touched(BridgeView before, BridgeView after, Touched touched, Collection<Observed.Port> ports) {
        Set<Part> parts = new LinkedHashSet<>();
        for (BridgeView view : List.of(before, after)) {
            Parts of = new Parts(view, parts);
            if (touched.bridges().contains(view.dpid())) {
                of.addAll();
            }
            touched.portGroups().forEach(of::addMembers);
            touched.vnics().forEach(of::addVnic);
            ports.forEach(of::addPort);
        }
        return parts;
    }

    private void addAll() {
        Switchboard switchboard = view.switchboard();
        parts.add(new Part.Flows(new Owner.OfBridge()));
        view.bridge().ifPresent(bridge -> bridge.uplinks().keySet().forEach(this::addUplink));
        for (FloodSet set : switchboard.floodSets()) {
            addFloodSet(set);
            for (int link : switchboard.linksOf(set)) {
                parts.add(new Part.FloodLink(set, link));
            }
        }
        for (int slot : switchboard.slots()) {
            parts.add(new Part.Flows(new Owner.OfVnic(slot)));
        }
    }

    private void addMembers(PortGroupName name) {
        view.topology().members(name).forEach(this::addVnic);
    }

    private void addVnic(VnicId id) {
        view.topology()
                .attachment(id)
                .filter(attachment -> attachment.vnic().place().bridge().equals(view.dpid()))
                .ifPresent(attachment -> {
                    addAttachment(attachment);
                    view.observed().port(attachment.vnic().place().port()).ifPresent(this::addPort);
                });
    }

    private void addAttachment(Attachment attachment) {
        FloodSet set = new FloodSet(view.topology().segmentOf(attachment), attachment.pin());
        parts.add(new Part.Flows(new Owner.OfVnic(attachment.slot())));
        parts.add(new Part.FloodLink(set, attachment.slot() / Switchboard.SLOTS_PER_LINK));
        addFloodSet(set);
    }

    /** A root has a bucket for each link, and the flows of a segment name its roots. */
    private void addFloodSet(FloodSet set) {
        parts.add(new Part.FloodRoot(set));
        parts.add(new Part.Flows(new Owner.OfSegment(set.segment())));
    }

    /** Whoever asks for this port, by its name or by its number. */
    private void addPort(Observed.Port port) {
        for (PortRef ref : List.of(new PortRef.ByName(port.name()), new PortRef.ByNumber(port.number()))) {
            view.switchboard().atPort(ref).flatMap(view.topology()::attachment).ifPresent(this::addAttachment);
        }
        view.bridge()
                .ifPresent(bridge -> bridge.uplinks().forEach((pin, name) -> {
                    if (name.equals(port.name())) {
                        addUplink(pin);
                    }
                }));
    }

    private void addUplink(UplinkPin pin) {
        parts.add(new Part.Flows(new Owner.OfUplink(pin)));
    }
}
