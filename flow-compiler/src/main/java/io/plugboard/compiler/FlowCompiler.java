package io.plugboard.compiler;

import io.plugboard.compiler.feature.Broadcast;
import io.plugboard.compiler.feature.Classification;
import io.plugboard.compiler.feature.MemberGroups;
import io.plugboard.compiler.feature.Multicast;
import io.plugboard.compiler.feature.PromiscuousMirror;
import io.plugboard.compiler.feature.SharedAddresses;
import io.plugboard.compiler.feature.SourceGuard;
import io.plugboard.compiler.feature.UnicastForwarding;
import io.plugboard.compiler.feature.UplinkTeam;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Scope;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What follows from what is true: pure functions from a view of one bridge to its program, and from two views to their
 * difference. A difference costs what it touches, not what is there.
 */
public final class FlowCompiler {
    private FlowCompiler() {}

    /** The whole program of this bridge; an empty one when nobody has put it. */
    public static FlowProgram compile(BridgeView view) {
        return compile(view, Parts.all(view));
    }

    /**
     * What turns the program of one view into that of another, when these stored facts and these ports differ between
     * them and nothing else.
     *
     * @param ports as they are in either view
     */
    public static FlowDelta delta(
            BridgeView before, BridgeView after, Touched touched, Collection<Observed.Port> ports) {
        Set<Part> parts = Parts.touched(before, after, touched, ports);
        return FlowDelta.between(compile(before, parts), compile(after, parts), renewed(before, after, parts));
    }

    /** The slots that one vNIC has left and another has taken. */
    private static Set<Owner> renewed(BridgeView before, BridgeView after, Set<Part> parts) {
        Set<Owner> renewed = new HashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Flows flows && flows.owner() instanceof Owner.OfVnic of) {
                Optional<VnicId> old = before.switchboard().atSlot(of.slot()).map(EffectiveVnic::id);
                Optional<VnicId> now = after.switchboard().atSlot(of.slot()).map(EffectiveVnic::id);
                if (old.isPresent() && !old.equals(now)) {
                    renewed.add(of);
                }
            }
        }
        return renewed;
    }

    /** The vNICs whose part of the program such a difference may be about: those touched, and those that depend on them. */
    public static Set<VnicId> concerned(
            BridgeView before, BridgeView after, Touched touched, Collection<Observed.Port> ports) {
        Set<VnicId> concerned = new LinkedHashSet<>();
        for (Part part : Parts.touched(before, after, touched, ports)) {
            if (part instanceof Part.Flows flows && flows.owner() instanceof Owner.OfVnic of) {
                for (BridgeView view : List.of(before, after)) {
                    view.switchboard().atSlot(of.slot()).map(EffectiveVnic::id).ifPresent(concerned::add);
                }
            }
        }
        return concerned;
    }

    private static FlowProgram compile(BridgeView view, Set<Part> parts) {
        if (view.bridge().isEmpty()) {
            return FlowProgram.EMPTY;
        }
        List<Flow> flows = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Flows of) {
                flows(view, of.owner()).forEach(flows::add);
            } else if (part instanceof Part.Root root) {
                MemberGroups.root(view, root.set()).ifPresent(groups::add);
            } else if (part instanceof Part.Link link) {
                MemberGroups.link(view, link.set(), link.link()).ifPresent(groups::add);
            }
        }
        return FlowProgram.of(flows, groups);
    }

    private static Stream<Flow> flows(BridgeView view, Owner owner) {
        if (owner instanceof Owner.OfVnic of) {
            return view.vnicAt(of.slot()).stream()
                    .flatMap(vnic -> Stream.of(
                                    Classification.ofVnic(vnic),
                                    SourceGuard.ofVnic(vnic),
                                    UnicastForwarding.ofVnic(vnic),
                                    Multicast.ofVnic(view, vnic))
                            .flatMap(List::stream));
        } else if (owner instanceof Owner.OfSegment of) {
            return ofScope(view, new Scope.OfVlan(of.segment()));
        } else if (owner instanceof Owner.OfClass of) {
            return Stream.concat(
                    Classification.ofClass(view, of.first()).stream(), ofScope(view, new Scope.OfClass(of.first())));
        } else if (owner instanceof Owner.OfAddress of) {
            return SharedAddresses.ofAddress(view, of.number()).stream();
        } else if (owner instanceof Owner.OfUplink of) {
            return UplinkTeam.port(view, of.uplink()).stream()
                    .flatMap(port -> Stream.of(
                                    Classification.ofUplink(of.uplink(), port), UplinkTeam.ofUplink(of.uplink(), port))
                            .flatMap(List::stream));
        }
        return Stream.of(
                        Classification.ofBridge(),
                        SourceGuard.ofBridge(),
                        UnicastForwarding.ofBridge(),
                        SharedAddresses.ofBridge(),
                        Multicast.ofBridge(),
                        Broadcast.ofBridge(),
                        UplinkTeam.ofBridge(),
                        PromiscuousMirror.ofBridge())
                .flatMap(List::stream);
    }

    private static Stream<Flow> ofScope(BridgeView view, Scope scope) {
        return Stream.of(
                        SourceGuard.ofScope(view, scope),
                        Multicast.ofScope(view, scope),
                        Broadcast.ofScope(view, scope),
                        PromiscuousMirror.ofScope(view, scope))
                .flatMap(List::stream);
    }
}
