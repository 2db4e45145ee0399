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
import org.pcollections.PVector;
import org.pcollections.TreePVector;

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
            HashTreePMap.empty(),
            HashTreePSet.empty());

    /** Counts the events. */
    private final long time;

    private final PMap<UUID, HostView> hosts;
    private final PSet<UUID> connected;

    /** Which hosts have, or had, a bridge of this id: the first one that has it is believed. */
    private final PMap<DatapathId, PVector<UUID>> speakers;

    private final PMap<VnicId, PMap<UUID, Claim>> claims;
    private final PMap<UUID, RowMemory> rows;

    /** When a vNIC became active where it is. */
    private final PMap<VnicId, Long> moved;

    /** The hosts of which somebody has taken something out while they were away. */
    private final PSet<UUID> bereft;

    private World(
            long time,
            PMap<UUID, HostView> hosts,
            PSet<UUID> connected,
            PMap<DatapathId, PVector<UUID>> speakers,
            PMap<VnicId, PMap<UUID, Claim>> claims,
            PMap<UUID, RowMemory> rows,
            PMap<VnicId, Long> moved,
            PSet<UUID> bereft) {
        this.bereft = bereft;
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
        boolean begins = !isConnected(view.database());
        PMap<DatapathId, PVector<UUID>> nowSpeakers = speakers;
        for (BridgeSaid said : view.bridges().values()) {
            nowSpeakers = nowSpeakers.plus(said.dpid(), speakersWith(said, begins));
        }
        World now = new World(
                        time + 1, hosts, connected.plus(view.database()), nowSpeakers, claims, rows, moved, bereft)
                .with(view, begins);
        return begins ? now.bereft(now.bereft.minus(view.database())) : now;
    }

    /**
     * Who has a bridge first keeps it, while it is away too: its twin on another host, a clone's, is not the bridge that is
     * known. But a host that comes while the first one is away has taken its place, such as with a new database.
     */
    private PVector<UUID> speakersWith(BridgeSaid said, boolean begins) {
        PVector<UUID> those = speakers.getOrDefault(said.dpid(), TreePVector.empty());
        Optional<BridgeSaid> first = first(said.dpid());
        boolean takesItsPlace = begins
                && first.filter(there -> !isConnected(there.database())
                                && !there.database().equals(said.database())
                                && (said.isMarked() || !there.isMarked()))
                        .isPresent();
        if (takesItsPlace) {
            return those.minus(said.database()).plus(0, said.database());
        }
        return those.contains(said.database()) ? those : those.plus(said.database());
    }

    private Optional<BridgeSaid> first(DatapathId dpid) {
        return speakers.getOrDefault(dpid, TreePVector.empty()).stream()
                .flatMap(database -> said(database, dpid).stream())
                .findFirst();
    }

    /** What this host says of its bridge of this id, whether it is believed or not. */
    Optional<BridgeSaid> said(UUID database, DatapathId dpid) {
        return host(database).flatMap(view -> Optional.ofNullable(view.bridges().get(dpid)));
    }

    /**
     * A host says this instead of what it said before.
     *
     * @param begins whether it has just come: nobody has seen then when it became so
     */
    private World with(HostView view, boolean begins) {
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
                        .map(there -> memory(claim.row()).seen(there, claim, begins ? 0 : time))
                        .orElseGet(() -> first(claim, begins, before.isPresent()));
                nowRows = nowRows.plus(claim.row(), memory);
            }
        }
        return new World(
                time, hosts.plus(view.database(), view), connected, speakers, nowClaims, nowRows, moved, bereft);
    }

    /** What a host says when it comes back, of a vNIC that was seen to become active elsewhere, is no news of that vNIC. */
    private RowMemory first(Claim claim, boolean begins, boolean wasKnown) {
        if (!begins) {
            return RowMemory.first(claim, time);
        }
        RowMemory unseen = RowMemory.first(claim, 0);
        boolean comesBack = wasKnown || bereft.contains(claim.database());
        return comesBack && movedAt(claim.id()) > 0 ? unseen.leftAt(time) : unseen;
    }

    private World bereft(PSet<UUID> others) {
        return new World(time, hosts, connected, speakers, claims, rows, moved, others);
    }

    private static Collection<Claim> claimsOf(HostView view) {
        return view.readings().values().stream()
                .flatMap(reading -> reading.claim().stream())
                .toList();
    }

    /** It stays as it was, until it is heard again. */
    World disconnected(UUID database) {
        return new World(time + 1, hosts, connected.minus(database), speakers, claims, rows, moved, bereft);
    }

    /** Nothing is known of this host any more, as if it had never been heard. */
    World forgotten(UUID database) {
        HostView silent = new HostView(database, "", Map.of(), Set.of(), Map.of());
        World others = with(silent, false);
        PMap<DatapathId, PVector<UUID>> left = speakers;
        for (Map.Entry<DatapathId, PVector<UUID>> of : speakers.entrySet()) {
            PVector<UUID> those = of.getValue().minus(database);
            left = those.isEmpty() ? left.minus(of.getKey()) : left.plus(of.getKey(), those);
        }
        return new World(
                time,
                others.hosts.minus(database),
                connected.minus(database),
                left,
                others.claims,
                others.rows,
                moved,
                bereft);
    }

    /** Whether anything that is stored is of this host, or may be: a bridge that it has, or a vNIC that it claims on one of them. */
    boolean matters(UUID database, Topology topology) {
        return host(database)
                .filter(view -> view.bridges().keySet().stream()
                                .anyMatch(dpid ->
                                        topology.bridge(dpid).isPresent() && isBelieved(database, dpid, topology))
                        || claimsOf(view).stream()
                                .anyMatch(claim -> topology.attachment(claim.id())
                                                .isPresent()
                                        && isBelieved(database, claim.place().bridge(), topology)))
                .isPresent();
    }

    /** Whether what this host says of the bridge counts. */
    boolean isBelieved(UUID database, DatapathId dpid, Topology topology) {
        return bridge(dpid, topology)
                .filter(said -> said.database().equals(database))
                .isPresent();
    }

    /**
     * Of those that have, or had, one of these bridges, hosts that are away and do not matter are forgotten; and of the others that
     * they had one which is not stored any more.
     */
    World forgetting(Set<DatapathId> bridges, Topology topology) {
        World now = this;
        for (DatapathId dpid : bridges) {
            for (UUID database : now.speakers.getOrDefault(dpid, TreePVector.empty())) {
                now = now.forgetting(database, topology);
            }
            boolean isStored = topology.bridge(dpid).isPresent()
                    || topology.switchboard(dpid).size() > 0;
            if (!isStored && now.bridge(dpid, topology).isEmpty()) {
                now = now.with(now.speakers.minus(dpid));
            }
        }
        return now;
    }

    /** A host that is away and does not matter is forgotten. */
    World forgetting(UUID database, Topology topology) {
        return isConnected(database) || matters(database, topology) ? this : forgotten(database);
    }

    private World with(PMap<DatapathId, PVector<UUID>> others) {
        return new World(time, hosts, connected, others, claims, rows, moved, bereft);
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
                now = now.without(now.host(claim.database()).orElseThrow().without(claim.row()));
            }
        }
        return now;
    }

    /** The same of a bridge. */
    World takenOut(DatapathId dpid) {
        World now = this;
        for (UUID database : speakers.getOrDefault(dpid, TreePVector.empty())) {
            if (!isConnected(database)) {
                now = now.without(now.host(database).orElseThrow().without(dpid));
            }
        }
        return now;
    }

    private World without(HostView less) {
        return with(less, false).bereft(bereft.plus(less.database()));
    }

    /** Whether the host that has this bridge is connected. */
    boolean isSpokenOf(DatapathId dpid, Topology topology) {
        return bridge(dpid, topology)
                .filter(said -> isConnected(said.database()))
                .isPresent();
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
                to.isPresent() ? moved.plus(id, when) : moved.minus(id),
                bereft);
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
     * What is said of a bridge. Of several hosts that have one of this id, one is believed: the one whose bridge it is, if it is
     * connected, else the first.
     */
    Optional<BridgeSaid> bridge(DatapathId dpid, Topology topology) {
        Optional<BridgeSaid> itsHost =
                origin(dpid, topology).filter(this::isConnected).flatMap(database -> said(database, dpid));
        return itsHost.or(() -> first(dpid));
    }

    /** The hosts that are connected and have this bridge, or another one of its id. */
    List<HostView> speakers(DatapathId dpid) {
        return speakers.getOrDefault(dpid, TreePVector.empty()).stream()
                .filter(this::isConnected)
                .flatMap(database -> host(database).stream())
                .filter(view -> view.bridges().containsKey(dpid))
                .toList();
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
