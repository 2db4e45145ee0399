package io.plugboard.topology;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.Placement.Cause;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which uplink each vNIC is pinned to: it moves when its pin is no good any more, or when it is planned. */
final class Teaming {
    private final Draft draft;
    private final long revision;

    /** @param revision the one in the making */
    Teaming(Draft draft, long revision) {
        this.draft = draft;
        this.revision = revision;
    }

    /** Where a vNIC that is about to be plugged in belongs: where it was on this bridge, if its team allows that. */
    UplinkPin pinOf(Vnic vnic, Optional<Attachment> before) {
        DatapathId dpid = vnic.place().bridge();
        Optional<ManagedBridge> bridge = draft.bridge(dpid);
        if (bridge.isEmpty()) {
            return UplinkPin.NONE;
        }
        UplinkPin current = before.map(Attachment::pin).orElse(UplinkPin.NONE);
        Team team = Team.of(draft.portGroup(vnic.portGroup()).orElseThrow().portGroup(), bridge.get());
        List<UplinkPin> eligible = team.eligible(bridge.get());
        boolean isSameTeam =
                before.map(attachment -> attachment.vnic().portGroup()).equals(Optional.of(vnic.portGroup()));
        if (isSameTeam ? team.canStay(current, bridge.get()) : eligible.contains(current)) {
            return current;
        }
        return loads(dpid, bridge.get()).leastUsed(eligible).orElseGet(() -> team.fallback(current));
    }

    /** Planned: every vNIC of these goes where its team would have it, as few of them as that takes. */
    void rebalance(Collection<Attachment> vnics) throws ChangeRejected {
        forEachTeam(vnics, (team, bridge, loads, members) -> {
            Map<Attachment, UplinkPin> pins = newPins(team, bridge, loads, members);
            for (Attachment attachment : members) {
                settle(attachment, pins.getOrDefault(attachment, attachment.pin()));
            }
        });
    }

    /** An uplink went down, or came up while others were down: only vNICs that cannot stay move. */
    void leaveWhatIsDown(Collection<Attachment> vnics) throws ChangeRejected {
        forEachTeam(vnics, (team, bridge, loads, members) -> {
            List<Attachment> leaving = members.stream()
                    .filter(attachment -> !team.canStay(attachment.pin(), bridge))
                    .toList();
            Map<Attachment, UplinkPin> pins = newPins(team, bridge, loads, leaving);
            for (Attachment attachment : leaving) {
                UplinkPin pin = pins.getOrDefault(attachment, attachment.pin());
                if (!pin.equals(attachment.pin())) {
                    draft.replace(attachment.evadingTo(pin).with(new Placement(Cause.REPINNED, revision)));
                }
            }
        });
    }

    /** An uplink has been up for so long: vNICs whose team says so return to it, and as many more as evenness needs. */
    void returnTo(UplinkPin uplink, Duration upFor, Collection<Attachment> vnics) throws ChangeRejected {
        forEachTeam(vnics, (team, bridge, loads, members) -> {
            if (!team.returnsAfter(upFor) || !team.eligible(bridge).contains(uplink)) {
                return;
            }
            List<Attachment> others = new ArrayList<>();
            for (Attachment attachment : members) {
                if (attachment.home().equals(uplink)) {
                    loads.move(attachment.pin(), uplink);
                    settle(attachment, uplink);
                } else {
                    others.add(attachment);
                }
            }
            Map<Attachment, UplinkPin> pins = newPins(team, bridge, loads, others);
            for (Attachment attachment : others) {
                if (uplink.equals(pins.get(attachment))) {
                    settle(attachment, uplink);
                }
            }
        });
    }

    private void settle(Attachment attachment, UplinkPin pin) throws ChangeRejected {
        if (!pin.equals(attachment.pin())) {
            Attachment settled = attachment.settledOn(pin);
            draft.replace(
                    settled.withFormer(former(attachment, settled)).with(new Placement(Cause.REPINNED, revision)));
        } else if (!pin.equals(attachment.home())) {
            draft.replace(attachment.settledOn(pin).withFormer(attachment.former()));
        }
    }

    /** The uplink by which its frames still come for a while, after a move to another that nothing forced. */
    Optional<UplinkPin> former(Attachment before, Attachment after) {
        DatapathId dpid = after.place().bridge();
        if (!before.place().equals(after.place())) {
            return Optional.empty();
        } else if (before.pin().equals(after.pin())) {
            return before.former();
        }
        return draft.bridge(dpid).filter(bridge -> bridge.isUp(before.pin())).map(bridge -> before.pin());
    }

    /**
     * The second seats on this bridge keep an uplink that they can use. One that is departed from, too: where the place that
     * its vNIC moves to is long in coming, that vNIC is still talking there.
     */
    void repinSecondSeats(DatapathId dpid, Collection<Attachment> seated) throws ChangeRejected {
        for (Attachment attachment : seated) {
            Attachment stored = draft.stored(attachment.id());
            Optional<SecondSeat> seat =
                    stored.second().filter(second -> second.place().bridge().equals(dpid));
            if (seat.isPresent()) {
                UplinkPin pin = pinOf(stored.vnic().at(seat.get().place()), Optional.of(stored.seatedIn(seat.get())));
                if (!pin.equals(seat.get().pin())) {
                    draft.replace(stored.withSecond(Optional.of(seat.get().pinnedTo(pin)), stored.revision()));
                }
            }
        }
    }

    /** What happens to the members of one team on one bridge. */
    private interface Step {
        void take(Team team, ManagedBridge bridge, Pinning loads, List<Attachment> members) throws ChangeRejected;
    }

    private void forEachTeam(Collection<Attachment> vnics, Step step) throws ChangeRejected {
        Map<DatapathId, List<Attachment>> byBridge = vnics.stream()
                .map(attachment -> draft.stored(attachment.id()))
                .sorted(Comparator.comparingInt(Attachment::slot))
                .collect(groupingBy(attachment -> attachment.place().bridge(), TreeMap::new, toList()));
        for (Map.Entry<DatapathId, List<Attachment>> there : byBridge.entrySet()) {
            Optional<ManagedBridge> bridge = draft.bridge(there.getKey());
            if (bridge.isPresent()) {
                Pinning loads = loads(there.getKey(), bridge.get());
                Map<Team, List<Attachment>> teams = there.getValue().stream()
                        .collect(groupingBy(
                                attachment -> Team.of(draft.portGroupOf(attachment), bridge.get()),
                                LinkedHashMap::new,
                                toList()));
                for (Map.Entry<Team, List<Attachment>> of : teams.entrySet()) {
                    step.take(of.getKey(), bridge.get(), loads, of.getValue());
                }
            }
        }
    }

    private static Map<Attachment, UplinkPin> newPins(
            Team team, ManagedBridge bridge, Pinning loads, List<Attachment> members) {
        List<UplinkPin> eligible = team.eligible(bridge);
        if (!eligible.isEmpty()) {
            return loads.balance(eligible, members);
        }
        Map<Attachment, UplinkPin> pins = new LinkedHashMap<>();
        members.forEach(attachment -> pins.put(attachment, team.fallback(attachment.pin())));
        return pins;
    }

    private Pinning loads(DatapathId dpid, ManagedBridge bridge) {
        return new Pinning(bridge.uplinks().keySet(), draft.switchboard(dpid));
    }
}
