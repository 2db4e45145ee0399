package io.plugboard.controller.source;

import io.plugboard.controller.source.Memories.Hearing;
import io.plugboard.controller.source.Memories.Leaving;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Origin;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What the databases of all hosts say, and what is remembered of that. Immutable. A host that has gone away is remembered as it
 * was.
 */
final class World {
    static final World EMPTY = new World(0, false, HashTreePMap.empty(), Presence.NOBODY, Speakers.NONE, Memories.NONE);

    /** Counts the events. */
    private final long time;

    /** Whether the hosts have had time to come since the start. */
    private final boolean isSettled;

    private final PMap<UUID, HostView> hosts;
    private final Presence presence;
    private final Speakers speakers;
    private final Memories memories;

    private World(
            long time,
            boolean isSettled,
            PMap<UUID, HostView> hosts,
            Presence presence,
            Speakers speakers,
            Memories memories) {
        this.time = time;
        this.isSettled = isSettled;
        this.hosts = hosts;
        this.presence = presence;
        this.speakers = speakers;
        this.memories = memories;
    }

    private World with(PMap<UUID, HostView> otherHosts, Memories otherMemories) {
        return new World(time, isSettled, otherHosts, presence, speakers, otherMemories);
    }

    private World with(Presence other) {
        return new World(time, isSettled, hosts, other, speakers, memories);
    }

    private World with(Speakers others) {
        return new World(time, isSettled, hosts, presence, others, memories);
    }

    private World with(Memories others) {
        return with(hosts, others);
    }

    private World next() {
        return new World(time + 1, isSettled, hosts, presence, speakers, memories);
    }

    /** Hosts that have not come by now are away. */
    World settled() {
        return new World(time, true, hosts, presence, speakers, memories);
    }

    /** A host that is connected says this, all of it. */
    World heard(HostView view, Topology topology) {
        UUID database = view.database();
        boolean begins = !isConnected(database);
        Hearing hearing = new Hearing(time + 1, begins, presence.absence(database));
        Speakers nowSpeakers = speakers;
        for (BridgeSaid said : view.bridges().values()) {
            boolean isFirst = begins
                    && (origin(said.dpid(), topology).equals(Optional.of(database)) || takesThePlaceOfTheFirst(said));
            nowSpeakers =
                    isFirst ? nowSpeakers.withFirst(said.dpid(), database) : nowSpeakers.with(said.dpid(), database);
        }
        return next().with(nowSpeakers).with(presence.coming(database)).saying(view, hearing);
    }

    /**
     * Who has a bridge first keeps it, while it is away too: its twin on another host, a clone's, is not the bridge that is
     * known, however often it comes. But a host that comes for the first time while the first one is away has taken its place, such
     * as with a new database. Who comes for the first time is not known shortly after a start.
     */
    private boolean takesThePlaceOfTheFirst(BridgeSaid said) {
        boolean isNew = !speakers.of(said.dpid()).contains(said.database());
        return isSettled
                && isNew
                && first(said.dpid(), any -> true)
                        .filter(there -> !isConnected(there.database()))
                        .filter(there -> said.isMarked() || there.isUnmarked())
                        .isPresent();
    }

    private Optional<BridgeSaid> first(DatapathId dpid, Predicate<BridgeSaid> which) {
        return speakers.of(dpid).stream()
                .flatMap(database -> said(database, dpid).stream())
                .filter(which)
                .findFirst();
    }

    /** What this host says of its bridge of this id, whether it is believed or not. */
    Optional<BridgeSaid> said(UUID database, DatapathId dpid) {
        return host(database).flatMap(view -> Optional.ofNullable(view.bridges().get(dpid)));
    }

    private World saying(HostView view, Hearing hearing) {
        return with(hosts.plus(view.database(), view), memories.heard(host(view.database()), view, hearing));
    }

    /** It stays as it was, until it is heard again. */
    World disconnected(UUID database) {
        World next = next();
        return next.with(presence.going(database, next.time));
    }

    /** Nothing is known of this host any more but that it had these bridges. */
    World forgotten(UUID database) {
        HostView silent = new HostView(database, "", Map.of(), Set.of(), Map.of());
        World silenced = saying(silent, Hearing.asItHappens(time));
        return silenced.with(hosts.minus(database), silenced.memories).with(presence.forgetting(database));
    }

    Set<DatapathId> bridgesOfHostsForgottenSince(World before) {
        if (hosts == before.hosts) {
            return Set.of();
        }
        return before.hosts.values().stream()
                .filter(view -> !hosts.containsKey(view.database()))
                .flatMap(view -> view.bridges().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Whether anything that is stored is of this host, or may be: a bridge that it has, or a vNIC that it claims on one of them. */
    boolean matters(UUID database, Topology topology) {
        return host(database)
                .filter(view -> view.bridges().keySet().stream()
                                .anyMatch(dpid ->
                                        topology.bridge(dpid).isPresent() && isBelieved(database, dpid, topology))
                        || view.claims().stream()
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

    /** Of the hosts that have, or had, one of these bridges, those that are away and do not matter are forgotten. */
    World forgetting(Set<DatapathId> bridges, Topology topology) {
        World now = this;
        for (DatapathId dpid : bridges) {
            for (UUID database : now.speakers.of(dpid)) {
                now = now.forgetting(database, topology);
            }
            now = now.forgettingSpeakers(dpid, topology);
        }
        return now;
    }

    /** A host that is away and does not matter is forgotten. */
    World forgetting(UUID database, Topology topology) {
        Optional<HostView> view = host(database);
        if (view.isEmpty() || isConnected(database) || matters(database, topology)) {
            return this;
        }
        World now = forgotten(database);
        for (DatapathId dpid : view.get().bridges().keySet()) {
            now = now.forgettingSpeakers(dpid, topology);
        }
        return now;
    }

    /** Of a bridge that is not stored, and that nobody has any more. */
    private World forgettingSpeakers(DatapathId dpid, Topology topology) {
        boolean isStored =
                topology.bridge(dpid).isPresent() || topology.switchboard(dpid).size() > 0;
        return isStored || bridge(dpid, topology).isPresent() ? this : with(speakers.without(dpid));
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
                now = now.with(now.memories.moved(id, from, to, when, claim -> leaving(claim, after)));
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

    private Leaving leaving(Claim claim, Topology topology) {
        boolean counts = isOurs(claim, topology)
                && isBelieved(claim.database(), claim.place().bridge(), topology);
        return !counts ? Leaving.UNCOUNTED : isConnected(claim.database()) ? Leaving.SEEN : Leaving.UNSEEN;
    }

    /** Whether the row's bridge is ours to program, by what its own host says of it, or since REST has put it. */
    boolean isOurs(Claim claim, Topology topology) {
        DatapathId dpid = claim.place().bridge();
        return isPut(dpid, topology)
                || said(claim.database(), dpid)
                        .filter(said -> said.isOurs(topology))
                        .isPresent();
    }

    static boolean isPut(DatapathId dpid, Topology topology) {
        return topology.origin(dpid).equals(Optional.of(Origin.REST));
    }

    /** This vNIC is plugged in no more: hosts that are not connected do not claim it, until they are heard again. */
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
        for (UUID database : speakers.of(dpid)) {
            Optional<HostView> view = now.host(database);
            if (!isConnected(database) && view.isPresent()) {
                now = now.without(view.get().without(dpid));
            }
        }
        return now;
    }

    private World without(HostView less) {
        return saying(less, Hearing.asItHappens(time)).with(presence.bereft(less.database()));
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
        return presence.isConnected(database);
    }

    /** The rows that claim this vNIC, by place. */
    List<Claim> claims(VnicId id) {
        return memories.claims(id);
    }

    RowMemory memory(UUID row) {
        return memories.memory(row);
    }

    /** When this vNIC became active where it is; 0 when that was before anything was heard. */
    long movedAt(VnicId id) {
        return memories.movedAt(id);
    }

    /**
     * What is said of a bridge. Of several hosts that have one of this id, one is believed: the one whose bridge it is, if it is
     * connected, else the first. While the one whose bridge it is may still come after a start, nobody is; then one that is marked.
     */
    Optional<BridgeSaid> bridge(DatapathId dpid, Topology topology) {
        Optional<UUID> origin = origin(dpid, topology);
        if (origin.isPresent() && !speakers.of(dpid).contains(origin.get())) {
            boolean mayCome = !isSettled || isBeingMade(origin.get(), dpid, topology);
            return first(dpid, said -> !mayCome && said.isMarked());
        }
        return origin.filter(this::isConnected)
                .flatMap(database -> said(database, dpid))
                .or(() -> first(dpid, any -> true));
    }

    /** Whether the host is there, and has a bridge of this name that has no id yet. */
    private boolean isBeingMade(UUID database, DatapathId dpid, Topology topology) {
        return host(database)
                .filter(view -> view.unborn().contains(name(dpid, topology)))
                .isPresent();
    }

    /** The hosts that are connected and have this bridge, or another one of its id. */
    List<HostView> speakers(DatapathId dpid) {
        return speakers.of(dpid).stream()
                .filter(this::isConnected)
                .flatMap(database -> host(database).stream())
                .filter(view -> view.bridges().containsKey(dpid))
                .toList();
    }

    private static Optional<UUID> origin(DatapathId dpid, Topology topology) {
        return topology.origin(dpid)
                .filter(Origin.Ovsdb.class::isInstance)
                .map(origin -> ((Origin.Ovsdb) origin).database());
    }

    /** Whether the host whose bridge this is, by what is stored, is connected; if it is a host's. */
    Optional<Boolean> isItsHostConnected(DatapathId dpid, Topology topology) {
        return origin(dpid, topology).map(this::isConnected);
    }

    /** Whether a host that is connected is believed of this bridge. */
    boolean isSpokenOf(DatapathId dpid, Topology topology) {
        return bridge(dpid, topology)
                .filter(said -> isConnected(said.database()))
                .isPresent();
    }

    /**
     * Whether it is known what is plugged in on a bridge, as far as databases say: its host was heard. What was stored of one
     * that has not been heard since the start is all that is known of it, and stays.
     */
    boolean isHeard(DatapathId dpid, Topology topology) {
        Optional<UUID> origin = origin(dpid, topology);
        boolean isKnown = origin.isEmpty()
                ? !speakers.of(dpid).isEmpty()
                : host(origin.get()).isPresent() && !isBeingMade(origin.get(), dpid, topology);
        return isKnown || bridge(dpid, topology).isPresent();
    }

    private static String name(DatapathId dpid, Topology topology) {
        return topology.bridge(dpid)
                .map(stored -> stored.bridge())
                .map(Bridge::name)
                .orElse("");
    }
}
