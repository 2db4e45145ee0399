package io.plugboard.compiler;

import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.MemberSet;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        boolean isAnotherBridge =
                touched.bridges().contains(after.dpid()) && !whatMatters(before).equals(whatMatters(after));
        boolean hasOtherClasses = !before.switchboard()
                .classes()
                .hasSameClasses(after.switchboard().classes());
        Set<VnicId> vnics = new LinkedHashSet<>();
        for (BridgeView view : List.of(before, after)) {
            addConcerned(view, touched, vnics);
        }
        for (BridgeView view : List.of(before, after)) {
            Parts of = new Parts(view, parts);
            if (isAnotherBridge) {
                of.addAll();
            }
            if (hasOtherClasses) {
                of.addClasses();
            }
            vnics.forEach(of::addVnic);
            ports.forEach(of::addPort);
        }
        return parts;
    }

    private record WhatMatters(Map<UplinkPin, String> uplinks, SecurityPolicy security) {
        static WhatMatters of(ManagedBridge bridge) {
            return new WhatMatters(bridge.uplinks(), bridge.bridge().security());
        }
    }

    /** What of the bridge itself its program follows from; the pins of its vNICs are theirs. */
    private static Optional<WhatMatters> whatMatters(BridgeView view) {
        return view.bridge().map(WhatMatters::of);
    }

    private void addAll() {
        Switchboard switchboard = view.switchboard();
        parts.add(new Part.Flows(new Owner.OfBridge()));
        view.bridge().ifPresent(bridge -> bridge.uplinks().keySet().forEach(this::addUplink));
        addClasses();
        for (MemberSet set : switchboard.sets()) {
            addSet(set);
            for (int link : switchboard.linksOf(set)) {
                parts.add(new Part.Link(set, link));
            }
        }
        for (int slot : switchboard.slots()) {
            parts.add(new Part.Flows(new Owner.OfVnic(slot)));
        }
    }

    /** The classes, and whatever of the trunks is by class. */
    private void addClasses() {
        Switchboard switchboard = view.switchboard();
        switchboard.classes().byFirst().keySet().forEach(first -> parts.add(new Part.Flows(new Owner.OfClass(first))));
        switchboard.trunkSlots().forEach(slot -> switchboard.atSlot(slot).ifPresent(this::add));
    }

    /** The vNICs of this bridge that are touched, and those that use a MAC of theirs: in either view they may be blocked. */
    private static void addConcerned(BridgeView view, Touched touched, Set<VnicId> vnics) {
        Stream.concat(
                        touched.vnics().stream(),
                        touched.portGroups().stream().flatMap(name -> view.topology().members(name).stream()))
                .flatMap(id -> view.topology().seats(id, view.dpid()).stream())
                .forEach(vnic -> {
                    vnics.add(vnic.id());
                    view.switchboard().rivalsOf(vnic).forEach(rival -> vnics.add(rival.id()));
                });
    }

    private void addVnic(VnicId id) {
        view.topology().seats(id, view.dpid()).forEach(vnic -> {
            add(vnic);
            view.observed().port(vnic.attachment().place().port()).ifPresent(this::addPort);
        });
    }

    private void add(EffectiveVnic vnic) {
        parts.add(new Part.Flows(new Owner.OfVnic(vnic.slot())));
        for (MemberSet set : view.switchboard().setsOf(vnic)) {
            parts.add(new Part.Link(set, vnic.slot() / Switchboard.SLOTS_PER_LINK));
            addSet(set);
        }
    }

    /** A root has a bucket for each link, and the flows of a scope name its roots. */
    private void addSet(MemberSet set) {
        parts.add(new Part.Root(set));
        parts.add(new Part.Flows(Owner.of(set.scope())));
    }

    /** Whoever asks for this port, by its name or by its number. */
    private void addPort(Observed.Port port) {
        for (PortRef ref : List.of(new PortRef.ByName(port.name()), new PortRef.ByNumber(port.number()))) {
            view.switchboard()
                    .atPort(ref)
                    .ifPresent(id -> view.topology().seats(id, view.dpid()).stream()
                            .filter(vnic -> vnic.attachment().place().port().equals(ref))
                            .forEach(this::add));
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
