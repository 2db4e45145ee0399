package io.plugboard.controller.source;

import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * What the databases of all hosts say, and what their rows do not say any more: which guest was seen to start last, and which
 * vNIC to move. Immutable. A host that has gone away is remembered as it was.
 */
final class World {
    static final World EMPTY = new World(
            0,
            HashTreePMap.empty(),
            HashTreePSet.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty());

    /** Counts the events. */
    private final long time;

    private final PMap<UUID, HostView> hosts;
    private final PSet<UUID> connected;

    /** Which hosts have, or had, a bridge of this id. */
    private final PMap<DatapathId, PSet<UUID>> speakers;

    private final PMap<VnicId, PMap<UUID, Claim>> claims;
    private final PMap<UUID, RowMemory> rows;

    /** When a vNIC became active where it is. */
    private final PMap<VnicId, Long> moved;

    private World(
            long time,
            PMap<UUID, HostView> hosts,
            PSet<UUID> connected,
            PMap<DatapathId, PSet<UUID>> speakers,
            PMap<VnicId, PMap<UUID, Claim>> claims,
            PMap<UUID, RowMemory> rows,
            PMap<VnicId, Long> moved) {
        this.time = time;
        this.hosts = hosts;
        this.connected = connected;
        this.speakers = speakers;
        this.claims = claims;
        this.rows = rows;
        this.moved = moved;
    }

    /** A host that is connected says this, all of it. */
    World heard(HostView view) {
        long now = time + 1;
        PMap<DatapathId, PSet<UUID>> nowSpeakers = speakers;
        for (DatapathId dpid : view.bridges().keySet()) {
            PSet<UUID> those = nowSpeakers.getOrDefault(dpid, HashTreePSet.empty());
            nowSpeakers = nowSpeakers.plus(dpid, those.plus(view.database()));
        }
        return new World(now, hosts, connected.plus(view.database()), nowSpeakers, claims, rows, moved).with(view);
    }

    /** A host says this instead of what it said before. */
    private World with(HostView view) {
        Optional<HostView> before = host(view.database());
        PMap<VnicId, PMap<UUID, Claim>> nowClaims = claims;
        PMap<UUID, RowMemory> nowRows = rows;
        for (Claim old : before.map(World::claimsOf).orElse(List.of())) {
            Optional<Claim> same =
                    view.claim(old.row()).filter(claim -> claim.id().equals(old.id()));
            if (same.isEmpty()) {
                PMap<UUID, Claim> others =
                        nowClaims.getOrDefault(old.id(), HashTreePMap.empty()).minus(old.row());
                nowClaims = others.isEmpty() ? nowClaims.minus(old.id()) : nowClaims.plus(old.id(), others);
                nowRows = nowRows.minus(old.row());
            }
        }
        for (Claim claim : claimsOf(view)) {
            Optional<Claim> old = before.flatMap(there -> there.claim(claim.row()));
            if (!old.equals(Optional.of(claim))) {
                PMap<UUID, Claim> others = nowClaims.getOrDefault(claim.id(), HashTreePMap.empty());
                nowClaims = nowClaims.plus(claim.id(), others.plus(claim.row(), claim));
                RowMemory memory = old.filter(there -> there.id().equals(claim.id()))
                        .map(there -> memory(claim.row()).seen(there, claim, time))
                        .orElseGet(() -> first(claim, before));
                nowRows = nowRows.plus(claim.row(), memory);
            }
        }
        return new World(time, hosts.plus(view.database(), view), connected, speakers, nowClaims, nowRows, moved);
    }

    private RowMemory first(Claim claim, Optional<HostView> before) {
        if (before.filter(view -> view.takenOut().contains(claim.row())).isPresent()) {
            // Its host was away, and has said so before: nothing has started there that is known of.
            return RowMemory.first(claim, 0).leftAt(time);
        }
        return RowMemory.first(claim, before.isPresent() ? time : 0);
    }

    private static Collection<Claim> claimsOf(HostView view) {
        return view.readings().values().stream()
                .flatMap(reading -> reading.claim().stream())
                .toList();
    }

    /** It stays as it was, until it is heard again. */
    World disconnected(UUID database) {
        return new World(time + 1, hosts, connected.minus(database), speakers, claims, rows, moved);
    }

    /** Nothing is known of this host any more, as if it had never been heard. */
    World forgotten(UUID database) {
        HostView silent = new HostView(database, "", Map.of(), Set.of(), Map.of());
        World others = with(silent);
        PMap<DatapathId, PSet<UUID>> left = speakers;
        for (Map.Entry<DatapathId, PSet<UUID>> of : speakers.entrySet()) {
            PSet<UUID> those = of.getValue().minus(database);
            left = those.isEmpty() ? left.minus(of.getKey()) : left.plus(of.getKey(), those);
        }
        return new World(
                time, others.hosts.minus(database), connected.minus(database), left, others.claims, others.rows, moved);
    }

    /**
     * Whether anything that is stored is of this host alone, or may be: a bridge that it has, or a vNIC that it claims, where no
     * other host is connected that has the same bridge.
     */
    boolean matters(UUID database, Topology topology) {
        return host(database)
                .filter(view -> view.bridges().keySet().stream()
                                .anyMatch(dpid -> topology.bridge(dpid).isPresent() && !isSpokenOf(dpid))
                        || claimsOf(view).stream()
                                .anyMatch(
                                        claim -> topology.attachment(claim.id()).isPresent()
                                                && !isSpokenOf(claim.place().bridge())))
                .isPresent();
    }

    /**
     * Of those that have, or had, one of these bridges, hosts that are away and do not matter are forgotten; and of the others that
     * they had one which is not stored any more.
     */
    World forgetting(Set<DatapathId> bridges, Topology topology) {
        World now = this;
        for (DatapathId dpid : bridges) {
            for (UUID database : now.speakers.getOrDefault(dpid, HashTreePSet.empty())) {
                if (!now.isConnected(database) && !now.matters(database, topology)) {
                    now = now.forgotten(database);
                }
            }
            boolean isStored = topology.bridge(dpid).isPresent()
                    || topology.switchboard(dpid).size() > 0;
            if (!isStored && now.bridge(dpid, topology).isEmpty()) {
                now = now.with(now.speakers.minus(dpid));
            }
        }
        return now;
    }

    private World with(PMap<DatapathId, PSet<UUID>> others) {
        return new World(time, hosts, connected, others, claims, rows, moved);
    }

    /**
     * Somebody has changed something, the plan or somebody else.
     *
     * @param when by what was said until then
     */
    World changed(Topology before, Topology after, Touched touched, long when) {
        World now = this;
        Set<DatapathId> bridges = new HashSet<>(touched.bridges());
        for (VnicId id : touched.vnics()) {
            Optional<Place> from = before.attachment(id).map(Attachment::place);
            Optional<Place> to = after.attachment(id).map(Attachment::place);
            if (!from.equals(to)) {
                now = now.moved(id, from, to, when);
                claims(id).forEach(claim -> bridges.add(claim.place().bridge()));
            }
            if (to.isEmpty()) {
                now = now.takenOut(id);
            }
        }
        for (DatapathId dpid : touched.bridges()) {
            if (before.bridge(dpid).isPresent() && after.bridge(dpid).isEmpty()) {
                now = now.takenOut(dpid);
            }
        }
        return now.forgetting(bridges, after);
    }

    /** Somebody else has taken this vNIC out: hosts that are not connected do not claim it, until they are heard again. */
    World takenOut(VnicId id) {
        World now = this;
        for (Claim claim : claims(id)) {
            if (!isConnected(claim.database())) {
                now = now.with(now.host(claim.database()).orElseThrow().without(claim.row()));
            }
        }
        return now;
    }

    /** The same of a bridge. */
    World takenOut(DatapathId dpid) {
        World now = this;
        for (UUID database : speakers.getOrDefault(dpid, HashTreePSet.empty())) {
            if (!isConnected(database)) {
                now = now.with(now.host(database).orElseThrow().without(dpid));
            }
        }
        return now;
    }

    /** Whether a host that is connected has a bridge of this id. */
    boolean isSpokenOf(DatapathId dpid) {
        return speakers.getOrDefault(dpid, HashTreePSet.empty()).stream()
                .filter(this::isConnected)
                .flatMap(database -> host(database).stream())
                .anyMatch(view -> view.bridges().containsKey(dpid));
    }

    /**
     * A vNIC has become active elsewhere, or somewhere.
     *
     * @param to empty when it is plugged in nowhere any more
     * @param when by what was said until then
     */
    private World moved(VnicId id, Optional<Place> from, Optional<Place> to, long when) {
        PMap<UUID, RowMemory> nowRows = rows;
        for (Claim claim : claims(id)) {
            if (from.equals(Optional.of(claim.place()))) {
                nowRows = nowRows.plus(claim.row(), memory(claim.row()).leftAt(when));
            } else if (to.equals(Optional.of(claim.place()))) {
                nowRows = nowRows.plus(claim.row(), memory(claim.row()).leftAt(0));
            }
        }
        return new World(
                time,
                hosts,
                connected,
                speakers,
                claims,
                nowRows,
                to.isPresent() ? moved.plus(id, when) : moved.minus(id));
    }

    /** Of the last event. */
    long time() {
        return time;
    }

    Collection<HostView> hosts() {
        return hosts.values();
    }

    Optional<HostView> host(UUID database) {
        return Optional.ofNullable(hosts.get(database));
    }

    boolean isConnected(UUID database) {
        return connected.contains(database);
    }

    /** The rows that claim this vNIC, by place. */
    List<Claim> claims(VnicId id) {
        List<Claim> sorted =
                new ArrayList<>(claims.getOrDefault(id, HashTreePMap.empty()).values());
        sorted.sort(Claim.BY_PLACE);
        return sorted;
    }

    RowMemory memory(UUID row) {
        return rows.getOrDefault(row, RowMemory.NONE);
    }

    /** When this vNIC became active where it is; 0 when that was before anything was heard. */
    long movedAt(VnicId id) {
        return moved.getOrDefault(id, 0L);
    }

    /**
     * What is said of a bridge. Of several hosts that have one of this id, one is believed: one that is connected, before the
     * one whose bridge it is, before others.
     */
    Optional<BridgeSaid> bridge(DatapathId dpid, Topology topology) {
        PSet<UUID> those = speakers.getOrDefault(dpid, HashTreePSet.empty());
        Comparator<BridgeSaid> preference = Comparator.<BridgeSaid, Boolean>comparing(
                        said -> !isConnected(said.database()))
                .thenComparing(said -> !isOrigin(said.database(), dpid, topology))
                .thenComparing(BridgeSaid::database);
        return those.stream()
                .flatMap(database -> host(database).stream())
                .flatMap(view -> Optional.ofNullable(view.bridges().get(dpid)).stream())
                .min(preference);
    }

    private static boolean isOrigin(UUID database, DatapathId dpid, Topology topology) {
        return origin(dpid, topology).equals(Optional.of(database));
    }

    private static Optional<UUID> origin(DatapathId dpid, Topology topology) {
        return topology.bridge(dpid)
                .map(stored -> stored.bridge().origin())
                .filter(Origin.Ovsdb.class::isInstance)
                .map(origin -> ((Origin.Ovsdb) origin).database());
    }

    /**
     * Whether it is known what is plugged in on a bridge, as far as databases say: its host was heard. What was stored of one
     * that has not been heard since the start is all that is known of it, and stays.
     */
    boolean isHeard(DatapathId dpid, Topology topology) {
        Optional<HostView> itsHost = origin(dpid, topology).flatMap(this::host);
        return bridge(dpid, topology).isPresent()
                || speakers.containsKey(dpid)
                || itsHost.filter(view -> !view.unborn().contains(name(dpid, topology)))
                        .isPresent();
    }

    private static String name(DatapathId dpid, Topology topology) {
        return topology.bridge(dpid)
                .map(stored -> stored.bridge())
                .map(Bridge::name)
                .orElse("");
    }
}
