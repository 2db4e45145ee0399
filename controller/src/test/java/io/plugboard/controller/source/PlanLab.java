package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.Accepted;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The pure part of the source with a topology, without threads: each change is planned for until nothing more follows. */
final class PlanLab {
    /** That of interfaces without a tag. */
    static final PortGroup UNTAGGED = new PortGroup(new PortGroupName("untagged"), new VlanMode.Untagged());

    /** More plans than that in a row would be a quarrel. */
    private static final int MOST_PLANS = 10;

    private final HostReader reader;
    private World world = World.EMPTY.settled();
    private Topology topology = Topology.EMPTY;
    private Ledger ledger = new Ledger();

    PlanLab() {
        this(Adoption.MANAGED);
    }

    PlanLab(Adoption adoption) {
        reader = new HostReader(PlanLab::filter, adoption);
    }

    /** {@code 52:54:00:00:00:01}, with {@code promiscuous} behind it, stands for a filter. */
    private static RxFilter filter(String text) {
        String[] words = text.split(" ");
        return new RxFilter(
                MacAddress.parse(words[0]),
                words.length > 1,
                false,
                new TreeSet<>(),
                new TreeSet<>(),
                Optional.empty());
    }

    /** A vNIC as REST puts it. */
    static Vnic restVnic(int number, long dpid, String port) {
        return new Vnic(
                new VnicId("vm-" + number),
                place(dpid, port),
                MacAddress.parse(Host.mac(number)),
                UNTAGGED.name(),
                Vnic.Source.REST);
    }

    PlanLab hears(Host... hosts) {
        for (Host host : hosts) {
            Optional<HostView> before = world.host(host.database());
            HostView view = reader.read(host.snapshot(), before);
            take(News.heard(world, view, topology));
        }
        return this;
    }

    private void take(News news) {
        world = news.world();
        settle(news.scope());
    }

    /** The hosts have had time to come since the start. */
    PlanLab waits() {
        take(News.settled(world, topology));
        return this;
    }

    PlanLab loses(Host host) {
        take(News.disconnected(world, host.database(), topology));
        return this;
    }

    void losesIfConnected(Host host) {
        if (world.isConnected(host.database())) {
            loses(host);
        }
    }

    /** All that is stored stays, all that is in memory goes. */
    PlanLab restarts() {
        world = World.EMPTY;
        ledger = new Ledger();
        return this;
    }

    Bridge bridge(DatapathId dpid) {
        return topology.bridge(dpid).orElseThrow().bridge();
    }

    /** As REST does it, or the wire. */
    PlanLab changes(TopologyChange... changes) {
        settle(apply(List.of(changes)));
        return this;
    }

    /** The same, if it can be. */
    void tries(TopologyChange change) {
        try {
            topology.apply(List.of(change));
        } catch (ChangeRejected rejected) {
            return;
        }
        changes(change);
    }

    /** By REST: what REST has put, and what a host brought that is away. */
    boolean mayBeDeleted(Attachment attachment) {
        return attachment.vnic().source() == Vnic.Source.REST
                || !world.isSpokenOf(attachment.place().bridge(), topology);
    }

    /** Who is plugged in nowhere has no row that could be had. */
    void leavesNobodyOut() {
        for (HostView host : world.hosts()) {
            for (Claim claim : host.claims()) {
                boolean counts = world.isConnected(claim.database())
                        && world.isOurs(claim, topology)
                        && world.isBelieved(claim.database(), claim.place().bridge(), topology);
                if (counts && topology.attachment(claim.id()).isEmpty()) {
                    assertThat(isPossible(claim)).as("left out: %s", claim).isFalse();
                }
            }
        }
    }

    private boolean isPossible(Claim claim) {
        List<TopologyChange> in = new ArrayList<>();
        if (claim.implied().isPresent() && topology.portGroup(claim.portGroup()).isEmpty()) {
            in.add(new TopologyChange.PortGroupPut(
                    new PortGroup(claim.portGroup(), claim.implied().get())));
        }
        in.add(new TopologyChange.VnicAttached(claim.vnic()));
        try {
            topology.apply(in);
            return true;
        } catch (ChangeRejected rejected) {
            return false;
        }
    }

    /** Whether its host was away when the vNIC left it, and has said nothing else of the guest since. */
    boolean isOutdated(Claim claim) {
        return world.memory(claim.row()).isOutdated();
    }

    /** Everything is as a plan would have it that looks at all there is. */
    void missesNothing() {
        Set<VnicId> vnics = new HashSet<>(topology.attachments().keySet());
        Set<DatapathId> bridges = new HashSet<>(topology.bridges().keySet());
        for (HostView host : world.hosts()) {
            bridges.addAll(host.bridges().keySet());
            host.claims().forEach(claim -> vnics.add(claim.id()));
        }
        Plan plan = Plan.of(world, topology, new Scope(vnics, bridges, bridges));
        assertThat(changedBy(plan)).isEmpty();
        for (VnicId id : vnics) {
            for (Claim claim : world.claims(id)) {
                if (world.isConnected(claim.database())) {
                    assertThat(ledger.verdict(claim))
                            .as("verdict of %s", claim)
                            .isEqualTo(Optional.ofNullable(
                                    plan.verdicts().getOrDefault(id, Map.of()).get(claim.row())));
                }
            }
        }
        for (DatapathId dpid : bridges) {
            assertThat(ledger.problems(dpid)).isEqualTo(plan.problems().getOrDefault(dpid, List.of()));
        }
    }

    private List<TopologyChange> changedBy(Plan plan) {
        try {
            return topology.apply(plan.changes()).touched().isEmpty() ? List.of() : plan.changes();
        } catch (ChangeRejected rejected) {
            throw new AssertionError(plan.changes().toString(), rejected);
        }
    }

    private void settle(Scope first) {
        Scope scope = first;
        for (int plans = 0; !scope.isEmpty(); plans++) {
            assertThat(plans).as("plans in a row").isLessThan(MOST_PLANS);
            Plan plan = Plan.of(world, topology, scope);
            ledger.take(plan);
            scope = plan.changes().isEmpty() ? Scope.NOTHING : apply(plan.changes());
        }
    }

    private Scope apply(List<? extends TopologyChange> changes) {
        Topology before = topology;
        Topology.Applied applied = Accepted.by(before, changes);
        topology = applied.topology();
        Touched touched = applied.touched();
        News news = News.changed(world, before, topology, touched, touched.vnics(), world.time());
        world = news.world();
        return news.scope().and(ledger.unsettled());
    }

    /** The places that vNICs have left are closed: their new ones are confirmed. */
    PlanLab closesWhatIsLeft() {
        List<TopologyChange> left = new ArrayList<>();
        topology.attachments()
                .values()
                .forEach(attachment -> attachment
                        .departing()
                        .map(SecondSeat::place)
                        .ifPresent(place -> left.add(new TopologyChange.PlaceLeft(attachment.id(), place))));
        return left.isEmpty() ? this : changes(left.toArray(TopologyChange[]::new));
    }

    Topology topology() {
        return topology;
    }

    Optional<Attachment> vnic(int number) {
        return topology.attachment(new VnicId("vm-" + number));
    }

    /** Such as {@code a1/tap0}. */
    Optional<String> place(int number) {
        return vnic(number).map(Attachment::place).map(PlanLab::text);
    }

    /** Such as {@code prepared b1/tap0 FIRST_FRAME}, or {@code departing a1/tap0}. */
    Optional<String> second(int number) {
        return vnic(number)
                .flatMap(Attachment::second)
                .map(seat -> seat instanceof SecondSeat.Prepared prepared
                        ? "prepared " + text(seat.place()) + " " + prepared.activateOn()
                        : "departing " + text(seat.place()));
    }

    private static String text(Place place) {
        return Long.toHexString(place.bridge().bits()) + "/" + place.port();
    }

    static Place place(long dpid, String port) {
        return new Place(new DatapathId(dpid), new PortRef.ByName(port));
    }

    Verdict verdict(Host host, String port) {
        return world.host(host.database())
                .flatMap(view -> view.claim(host.row(port)))
                .flatMap(ledger::verdict)
                .orElseThrow();
    }

    boolean knows(Host host) {
        return world.host(host.database()).isPresent();
    }

    List<String> problems(long dpid) {
        return ledger.problems(new DatapathId(dpid));
    }

    Set<String> vnics() {
        Set<String> ids = new TreeSet<>();
        topology.attachments().keySet().forEach(id -> ids.add(id.text()));
        return ids;
    }
}
