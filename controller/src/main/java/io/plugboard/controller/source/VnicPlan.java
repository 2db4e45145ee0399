package io.plugboard.controller.source;

import io.plugboard.controller.source.Step.Order;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.MigrationGivenUp;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.RxFilterReported;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.change.TopologyChange.VnicDetached;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What has to change so that one vNIC is what the rows say, and what each of its rows comes to by that. */
final class VnicPlan {
    private final World world;
    private final Topology topology;
    private final VnicId id;
    private final Map<UUID, String> unfit;
    private final Optional<Attachment> there;
    private final List<Step> steps = new ArrayList<>();
    private final Map<UUID, Verdict> verdicts = new HashMap<>();

    private VnicPlan(World world, Topology topology, VnicId id, Map<UUID, String> unfit) {
        this.unfit = unfit;
        this.world = world;
        this.topology = topology;
        this.id = id;
        there = topology.attachment(id);
    }

    /** @param unfit rows whose place the vNIC cannot have, and why: it has another one if there is one */
    static VnicPlan of(World world, Topology topology, VnicId id, Map<UUID, String> unfit) {
        VnicPlan plan = new VnicPlan(world, topology, id, unfit);
        plan.decide();
        return plan;
    }

    List<Step> steps() {
        return steps;
    }

    /** By the row's UUID. */
    Map<UUID, Verdict> verdicts() {
        return verdicts;
    }

    private void decide() {
        List<Claim> claims = new ArrayList<>();
        for (Claim claim : world.claims(id)) {
            DatapathId dpid = claim.place().bridge();
            boolean isBelieved = world.isBelieved(claim.database(), dpid, topology);
            if (!world.isOurs(claim, topology)) {
                verdicts.put(claim.row(), Verdict.NOT_OURS);
            } else if (!isBelieved) {
                verdicts.put(claim.row(), Verdict.conflict("another host has bridge " + dpid));
            } else {
                claims.add(claim);
            }
        }
        claims.removeIf(claim -> !world.isConnected(claim.database()) && !holds(claim));
        Optional<Vnic.Source> owner = there.map(attachment -> attachment.vnic().source());
        if (owner.filter(source -> source != Vnic.Source.OVSDB).isPresent()) {
            claims.forEach(claim -> verdicts.put(claim.row(), ownedBy(owner.get())));
        } else if (claims.isEmpty()) {
            there.ifPresent(this::takeAway);
        } else {
            List<Claim> fit = claims.stream()
                    .filter(claim -> !unfit.containsKey(claim.row()))
                    .toList();
            // Where none is, the refusal of the first one says so.
            seat(fit.isEmpty() ? claims : fit);
            claims.forEach(claim -> Optional.ofNullable(unfit.get(claim.row()))
                    .ifPresent(reason -> verdicts.put(claim.row(), Verdict.refused(reason))));
        }
    }

    /** What a host that is away has said last holds the place where the vNIC is, or is about to go, and wins none. */
    private boolean holds(Claim claim) {
        return there.filter(attachment -> attachment.place().equals(claim.place()))
                        .isPresent()
                || there.filter(attachment -> isPrepared(attachment, claim.place()))
                                .isPresent()
                        && !world.memory(claim.row()).isLeft();
    }

    private static Verdict ownedBy(Vnic.Source source) {
        return source == Vnic.Source.REST ? Verdict.OWNED_BY_REST : Verdict.OWNED_BY_FILE;
    }

    /** Unless a host that has not been heard yet may still have it. */
    private void takeAway(Attachment attachment) {
        Optional<Place> prepared = attachment.prepared().map(SecondSeat.Prepared::place);
        if (!isKnown(attachment.place())) {
            prepared.filter(this::isKnown).ifPresent(gone -> giveUp());
        } else if (prepared.isPresent() && !isKnown(prepared.get())) {
            Vnic moved = attachment.vnic().at(prepared.get());
            steps.add(Step.of(Order.IN, List.of(new VnicAttached(moved)), Optional.empty(), Optional.of(id)));
        } else {
            steps.add(Step.of(Order.OUT, List.of(new VnicDetached(id)), Optional.empty(), Optional.empty()));
        }
    }

    private boolean isKnown(Place place) {
        return world.isHeard(place.bridge(), topology);
    }

    private void giveUp() {
        steps.add(Step.of(Order.OUT, List.of(new MigrationGivenUp(id)), Optional.empty(), Optional.empty()));
    }

    private void seat(List<Claim> claims) {
        Seats seats = new Seats(world, claims);
        Optional<Place> place = there.map(Attachment::place);
        Optional<Claim> active = seats.active(there, place.filter(this::isKnown).isPresent());
        Vnic vnic = active.map(Claim::vnic)
                .orElseGet(() -> there.map(Attachment::vnic).orElseThrow());
        boolean moves = place.isPresent() && !place.equals(Optional.of(vnic.place()));
        active.ifPresent(here -> attach(here, moves, claims));
        // What is prepared on a host that has not been heard yet stays, as everything there does.
        boolean keepsUnknown = there.flatMap(Attachment::prepared)
                .map(SecondSeat.Prepared::place)
                .filter(prepared -> !prepared.equals(vnic.place()) && !isKnown(prepared))
                .isPresent();
        Optional<Claim> second = keepsUnknown ? Optional.empty() : seats.second(vnic, there);
        judge(claims, vnic, active, second);
        boolean isLeaving = moves || there.flatMap(Attachment::departing).isPresent();
        if (second.isPresent() && isLeaving) {
            verdicts.put(
                    second.get().row(),
                    second.map(Claim::place).filter(this::isLeft).isPresent() ? Verdict.LEAVING : Verdict.MOVING);
        } else if (!moves && !keepsUnknown) {
            prepare(second, active);
        }
    }

    private boolean isLeft(Place place) {
        return there.map(Attachment::place).equals(Optional.of(place))
                || there.flatMap(Attachment::departing)
                        .filter(seat -> seat.place().equals(place))
                        .isPresent();
    }

    private void attach(Claim here, boolean moves, List<Claim> claims) {
        List<TopologyChange> changes = new ArrayList<>();
        if (here.implied().isPresent() && topology.portGroup(here.portGroup()).isEmpty()) {
            changes.add(new PortGroupPut(
                    new PortGroup(here.portGroup(), here.implied().get())));
        }
        Vnic vnic = withPolicy(here);
        if (!there.map(Attachment::vnic).equals(Optional.of(vnic))) {
            changes.add(new VnicAttached(vnic));
        }
        Optional<RxFilter> filter = rxFilter(here, moves);
        List<TopologyChange> filtering = filter.equals(there.flatMap(Attachment::rxFilter))
                ? List.of()
                : List.of(new RxFilterReported(id, filter));
        if (moves || there.isEmpty()) {
            changes.addAll(filtering);
        } else if (!filtering.isEmpty()) {
            // By itself: what else the row says may be refused.
            steps.add(Step.of(Order.IN, filtering, Optional.of(here), Optional.empty()));
        }
        if (!changes.isEmpty()) {
            Optional<VnicId> stale = there.filter(attachment -> isKnown(attachment.place()))
                    .filter(attachment ->
                            claims.stream().noneMatch(claim -> claim.place().equals(attachment.place())))
                    .map(Attachment::id);
            steps.add(Step.of(Order.IN, changes, Optional.of(here), stale));
        }
    }

    /**
     * A migration changes nothing but the place, so that the one that is left stays open until the other is confirmed. What else
     * the row says is done when it is closed.
     */
    private Vnic withPolicy(Claim here) {
        return there.filter(attachment -> isMigrating(attachment, here.place()) && here.agreesWith(attachment.vnic()))
                .map(attachment -> attachment.vnic().at(here.place()))
                .orElse(here.vnic());
    }

    private static boolean isMigrating(Attachment attachment, Place to) {
        return attachment.place().equals(to) ? attachment.departing().isPresent() : isPrepared(attachment, to);
    }

    private static boolean isPrepared(Attachment attachment, Place place) {
        return attachment.prepared().filter(seat -> seat.place().equals(place)).isPresent();
    }

    /**
     * A row that has never said what the guest wants, at the destination of a migration that was seen, is about to: until then it is
     * as it was.
     */
    private Optional<RxFilter> rxFilter(Claim here, boolean moves) {
        boolean hasMoved = there.filter(attachment -> attachment.placement().cause() == Placement.Cause.MIGRATED)
                .isPresent();
        boolean isNew = moves || hasMoved && world.movedAt(id) > 0;
        return here.rxFilter().isEmpty() && isNew && !world.memory(here.row()).hadFilter()
                ? there.flatMap(Attachment::rxFilter)
                : here.rxFilter();
    }

    private void prepare(Optional<Claim> second, Optional<Claim> active) {
        Optional<SecondSeat.Prepared> prepared = there.flatMap(Attachment::prepared);
        if (second.isEmpty()) {
            prepared.ifPresent(gone -> giveUp());
            return;
        }
        Claim claim = second.get();
        if (prepared.filter(seat -> !seat.place().equals(claim.place())).isPresent()) {
            // By itself: the other place may be refused.
            giveUp();
        }
        ActivateOn activateOn = activateOn(claim, active);
        boolean isPrepared = prepared.filter(
                        seat -> seat.place().equals(claim.place()) && seat.activateOn() == activateOn)
                .isPresent();
        if (!isPrepared) {
            steps.add(Step.of(
                    Order.SECOND,
                    List.of(new MigrationPrepared(id, claim.place(), activateOn)),
                    second,
                    Optional.empty()));
        }
    }

    /** A guest that has left a place is not to be pulled back by a late frame of its own. */
    private ActivateOn activateOn(Claim claim, Optional<Claim> active) {
        RowMemory memory = world.memory(claim.row());
        Optional<ActivateOn> stored = there.flatMap(Attachment::prepared)
                .filter(seat -> seat.place().equals(claim.place()))
                .map(SecondSeat.Prepared::activateOn);
        boolean wasThereBefore = memory.bornAt() == 0;
        boolean hasLeft = memory.isLeft()
                || wasThereBefore && stored.equals(Optional.of(ActivateOn.REQUEST))
                || wasThereBefore
                        && stored.isEmpty()
                        && claim.running().equals(Optional.of(false))
                        && active.filter(Claim::saysRunning).isPresent();
        return hasLeft ? ActivateOn.REQUEST : ActivateOn.FIRST_FRAME;
    }

    private void judge(List<Claim> claims, Vnic vnic, Optional<Claim> active, Optional<Claim> second) {
        for (Claim claim : claims) {
            if (active.equals(Optional.of(claim))) {
                verdicts.put(claim.row(), Verdict.ACTIVE);
            } else if (second.equals(Optional.of(claim))) {
                verdicts.put(claim.row(), Verdict.PREPARED);
            } else {
                verdicts.put(claim.row(), Verdict.conflict(why(claim, vnic)));
            }
        }
    }

    private static String why(Claim claim, Vnic vnic) {
        if (!claim.mac().equals(vnic.mac())) {
            return "vNIC '" + vnic.id() + "' has MAC " + vnic.mac() + " at " + vnic.place();
        } else if (!claim.portGroup().equals(vnic.portGroup())) {
            return "vNIC '" + vnic.id() + "' is in port group '" + vnic.portGroup() + "' at " + vnic.place();
        }
        return "vNIC '" + vnic.id() + "' is plugged in at two other places";
    }
}
