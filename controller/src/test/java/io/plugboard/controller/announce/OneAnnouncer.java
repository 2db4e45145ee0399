package io.plugboard.controller.announce;

import com.google.common.util.concurrent.MoreExecutors;
import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.controller.Accepted;
import io.plugboard.controller.reconcile.BridgeReconciler;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An announcer, of a bridge whose switch answers at once, and what it is heard to say. */
abstract class OneAnnouncer {
    static final DatapathId HERE = new DatapathId(0xa1);
    static final DatapathId ELSEWHERE = new DatapathId(0xa2);
    static final PortGroupName RED = new PortGroupName("red");
    static final int UPLINK = 1;
    static final int OTHER_UPLINK = 2;
    static final int FIRST_PORT = 10;
    static final Duration ALL = Duration.ofSeconds(30);

    final VirtualTime time = new VirtualTime();
    final Heard heard = new Heard();
    final Map<DatapathId, Long> marks = new TreeMap<>();
    final Map<VnicId, Placement> settled = new TreeMap<>();
    Announcer announcer = announcer(Map.of());
    FakeSwitch ovs = new FakeSwitch(HERE);
    Topology topology = Topology.EMPTY;
    BridgeReconciler reconciler = reconciler();

    /** What listeners are told. */
    static final class Heard implements AnnouncementListener {
        final List<AnnouncementRecord> sent = new ArrayList<>();
        final List<AnnouncementRecord> answered = new ArrayList<>();
        final List<String> silent = new ArrayList<>();
        final List<String> abandoned = new ArrayList<>();
        final List<String> unusable = new ArrayList<>();

        @Override
        public void sent(AnnouncementRecord record) {
            sent.add(record);
        }

        @Override
        public void answered(AnnouncementRecord query) {
            answered.add(query);
        }

        @Override
        public void silent(VnicId vnic, AnnouncementKind query) {
            silent.add(vnic + " " + query.word());
        }

        @Override
        public void abandoned(VnicId vnic, String why) {
            abandoned.add(vnic + ": " + why);
        }

        @Override
        public void unusable(VnicId vnic, String why) {
            unusable.add(vnic + ": " + why);
        }
    }

    private Announcer announcer(Map<DatapathId, Long> announcedUpTo) {
        Aftermath aftermath = new Aftermath() {
            @Override
            public void formerUplinksLeft(Map<VnicId, Placement> vnics) {
                settled.putAll(vnics);
            }

            @Override
            public void announcedUpTo(DatapathId bridge, long revision) {
                marks.put(bridge, revision);
            }
        };
        return new Announcer(
                1000,
                AnnouncePolicy.INHERITED,
                announcedUpTo,
                heard,
                aftermath,
                Runnable::run,
                time,
                time::now,
                Clock.systemUTC());
    }

    private BridgeReconciler reconciler() {
        return new BridgeReconciler(
                HERE,
                topology,
                MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor()),
                time,
                state -> {},
                announcer.of(HERE));
    }

    void apply(TopologyChange... changes) {
        Topology.Applied applied = Accepted.by(topology, changes);
        topology = applied.topology();
        reconciler.topologyChanged(topology, applied.touched());
    }

    void connect() {
        List<Observed.Port> ports = new ArrayList<>();
        ports.add(new Observed.Port(UPLINK, "up1", new MacAddress(1), true));
        ports.add(new Observed.Port(OTHER_UPLINK, "up2", new MacAddress(2), true));
        for (int number = 0; number < 300; number++) {
            ports.add(new Observed.Port(FIRST_PORT + number, "tap" + number, new MacAddress(100 + number), true));
        }
        reconciler.connected(ovs, Observed.of(ports));
    }

    void begin() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(RED, new VlanMode.Access(new VlanId(100)))),
                new TopologyChange.BridgePut(new Bridge(HERE, "", List.of("up1"))));
        connect();
    }

    static Vnic vnic(int number, DatapathId bridge) {
        return new Vnic(
                id(number),
                new Place(bridge, new PortRef.ByName("tap" + number)),
                new MacAddress(0x5254_0000_0000L + number),
                RED,
                Vnic.Source.REST);
    }

    static VnicId id(int number) {
        return new VnicId("web-" + number);
    }

    static TopologyChange attached(int number, DatapathId bridge) {
        return new TopologyChange.VnicAttached(vnic(number, bridge));
    }

    /** A vNIC that has come from another bridge, whose place there is closed. */
    void migrate(int number) {
        apply(attached(number, ELSEWHERE));
        apply(attached(number, HERE));
        apply(new TopologyChange.PlaceLeft(id(number), vnic(number, ELSEWHERE).place()));
    }

    List<String> kinds() {
        return heard.sent.stream()
                .map(record -> record.kind().word() + " " + record.round())
                .toList();
    }

    long count(AnnouncementKind kind) {
        return heard.sent.stream().filter(record -> record.kind() == kind).count();
    }

    /** Another process, with what this one has left. */
    void restart() {
        heard.sent.clear();
        ovs = new FakeSwitch(HERE);
        announcer = announcer(Map.copyOf(marks));
        reconciler = reconciler();
        connect();
    }
}
