package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.observe.BridgeChange;
import io.plugboard.controller.observe.BridgeHealth;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.Event;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Figures;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.VnicChange;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.ManualTimer;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
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
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusWatchTest {
    private static final DatapathId HERE = new DatapathId(0xa1);
    private static final PortGroupName FLAT = new PortGroupName("flat");
    private static final PortGroupName TRUNK = new PortGroupName("trunk");
    private static final PortGroupName OTHER_TRUNK = new PortGroupName("other-trunk");
    private static final VnicId WEB = new VnicId("web");
    private static final VnicId DATABASE = new VnicId("database");
    private static final SecurityPolicy ACCEPTING =
            new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.of(Setting.ACCEPT), Optional.of(Setting.REJECT));

    private final EventLog events = new EventLog(Clock.systemUTC());
    private final Metrics metrics = new Metrics();
    private final ManualTimer timer = new ManualTimer();
    private final FakeSwitch ovs = new FakeSwitch(HERE);
    private long nanoTime;
    private final StatusWatch watch = new StatusWatch(Topology.EMPTY, events, metrics, () -> nanoTime);
    private final LiveSwitches switches = QuietAnnouncer.switches(Runnable::run, timer, () -> nanoTime, watch);
    private Topology topology = Topology.EMPTY;
    private final EventLog.Reader reader = events.fromNow();

    @AfterEach
    void close() {
        timer.shutdownNow();
        metrics.close();
    }

    /** Nothing, when it cannot be. */
    private void apply(TopologyChange... changes) {
        try {
            Topology before = topology;
            Topology.Applied applied = before.apply(List.of(changes));
            topology = applied.topology();
            TopologyListener.Origin origin = new TopologyListener.Origin("test", nanoTime);
            watch.published(origin, before, topology, applied.touched());
            switches.published(origin, before, topology, applied.touched());
        } catch (ChangeRejected rejected) {
            return;
        }
    }

    private static MacAddress mac(int last) {
        return new MacAddress(0x5254_0000_0000L + last);
    }

    private static Observed.Port port(int number, boolean up) {
        return new Observed.Port(number, "tap" + number, mac(0x100 + number), up);
    }

    private static Vnic vnic(VnicId id, PortRef port, int mac) {
        return new Vnic(id, new Place(HERE, port), mac(mac), FLAT, Vnic.Source.REST);
    }

    private static TopologyChange attach(VnicId id, int port) {
        return new TopologyChange.VnicAttached(vnic(id, new PortRef.ByName("tap" + port), port));
    }

    private static TopologyChange filter(VnicId id, int mac, boolean promiscuous) {
        return new TopologyChange.RxFilterReported(
                id,
                Optional.of(new RxFilter(
                        mac(mac), promiscuous, false, new TreeSet<>(), new TreeSet<>(), Optional.empty())));
    }

    private void putBridge() {
        apply(
                new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged())),
                new TopologyChange.BridgePut(new Bridge(HERE, "here", List.of("tap9"))));
    }

    private void connect() {
        switches.connected(ovs, Observed.of(List.of(port(1, true), port(2, true), port(9, true))));
    }

    /** The bridge, connected and at rest, with one vNIC; what has been told of it so far is forgotten. */
    private void plugWebIn() {
        putBridge();
        connect();
        apply(attach(WEB, 1));
        news();
    }

    private List<Event> news() {
        try {
            return reader.next(Integer.MAX_VALUE);
        } catch (EventLog.Overtaken overtaken) {
            throw new AssertionError(overtaken);
        }
    }

    /** What was told of vNICs since, such as "web active: ". */
    private List<String> vnicNews() {
        return news().stream()
                .map(Event::data)
                .filter(VnicChange.class::isInstance)
                .map(VnicChange.class::cast)
                .map(change -> change.vnic() + " " + text(change.before()) + " -> " + text(Optional.of(change.after())))
                .toList();
    }

    private static String text(Optional<VnicStatus> status) {
        return status.map(known -> known.state() + (known.reason().isEmpty() ? "" : " (" + known.reason() + ")"))
                .orElse("nothing");
    }

    @Test
    void tellsOfVnicFromItsAttachmentToTheSwitchsConfirmation() {
        putBridge();
        connect();
        news();
        ovs.answersAtOnce = false;
        apply(attach(WEB, 1));
        String pending = "PENDING (bridge 00000000000000a1 has not confirmed its flows yet)";
        assertThat(vnicNews()).containsExactly("web nothing -> " + pending);
        ovs.answer();
        assertThat(vnicNews()).containsExactly("web " + pending + " -> ACTIVE");
    }

    @Test
    void tellsWhyVnicIsBlockedAndWhenThatEnds() {
        plugWebIn();
        apply(filter(WEB, 0x77, false));
        assertThat(vnicNews()).containsExactly("web ACTIVE -> BLOCKED (macAddressChanged)");
        apply(filter(WEB, 1, false));
        assertThat(vnicNews()).last().asString().endsWith("-> ACTIVE");
    }

    @Test
    void tellsOfVnicThatIsBlockedForAnothersSake() {
        putBridge();
        apply(new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged()).withSecurity(ACCEPTING)));
        connect();
        apply(attach(WEB, 1), filter(WEB, 2, false));
        news();
        apply(attach(DATABASE, 2));
        assertThat(vnicNews()).contains("web ACTIVE -> BLOCKED (macInUse)");
        apply(new TopologyChange.VnicDetached(DATABASE));
        assertThat(vnicNews()).last().asString().startsWith("web ").endsWith("-> ACTIVE");
    }

    @Test
    void tellsThatPromiscuousModeIsDenied() {
        plugWebIn();
        apply(filter(WEB, 1, true));
        assertThat(news()).extracting(Event::data).last().isInstanceOfSatisfying(VnicChange.class, change -> {
            assertThat(change.after().promiscuousDenied()).isTrue();
            assertThat(change.after().mirroring()).isFalse();
        });
    }

    @Test
    void tellsOfWholePortGroupWhosePolicyChanges() {
        plugWebIn();
        apply(attach(DATABASE, 2), filter(WEB, 0x77, false), filter(DATABASE, 0x78, false));
        news();
        apply(new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged()).withSecurity(ACCEPTING)));
        assertThat(vnicNews()).filteredOn(line -> line.endsWith("-> ACTIVE")).hasSize(2);
    }

    @Test
    void tellsWhatTheSwitchRefusedAndCountsIt() {
        putBridge();
        connect();
        ovs.refuses = command -> command.subject().contains("dl_src");
        apply(attach(WEB, 1));
        assertThat(vnicNews())
                .last()
                .asString()
                .contains("-> FAILED (the switch refused")
                .contains("TABLE_FULL");
        assertThat(metrics.scrape(Figures.NONE))
                .contains("plugboard_switch_errors_total{code=\"TABLE_FULL\",type=\"FLOW_MOD_FAILED\"}");
    }

    @Test
    void tellsOfAllVnicsWhenTheirBridgeIsLost() {
        plugWebIn();
        apply(attach(DATABASE, 2));
        news();
        switches.disconnected(ovs, "cut");
        List<Event> told = news();
        assertThat(told)
                .extracting(Event::subject)
                .containsExactly("/bridges/" + HERE, "/vnics/database", "/vnics/web");
        assertThat(told.get(0).data())
                .isEqualTo(new BridgeChange(
                        HERE,
                        new BridgeHealth(BridgeStatus.State.ACTIVE, List.of()),
                        new BridgeHealth(BridgeStatus.State.DISCONNECTED, List.of())));
    }

    @Test
    void tellsOfPortThatGoesAndComes() {
        plugWebIn();
        switches.portGone(ovs, 1);
        assertThat(vnicNews()).containsExactly("web ACTIVE -> PENDING (bridge 00000000000000a1 has no port tap1)");
        switches.portPut(ovs, port(1, true));
        assertThat(vnicNews()).last().asString().endsWith("-> ACTIVE");
    }

    @Test
    void tellsOfPortThatGoesAndComesBeforeTheSwitchHasConfirmedThatItWent() {
        plugWebIn();
        ovs.answersAtOnce = false;
        switches.portGone(ovs, 1);
        switches.portPut(ovs, port(1, true));
        news();

        ovs.answer();
        assertThat(vnicNews()).last().asString().startsWith("web ACTIVE -> PENDING");
        ovs.answer();
        assertThat(vnicNews()).last().asString().endsWith("-> ACTIVE");
    }

    @Test
    void tellsOfVnicThatLosesItsPortToOneThatNamesIt() {
        plugWebIn();
        apply(new TopologyChange.VnicDetached(WEB));
        apply(new TopologyChange.VnicAttached(vnic(DATABASE, new PortRef.ByNumber(1), 2)));
        news();
        apply(attach(WEB, 1));
        assertThat(vnicNews()).anyMatch(line -> line.startsWith("database ACTIVE -> PENDING (port number 1"));
    }

    @Test
    void tellsWhatIsWrongWithBridge() {
        plugWebIn();
        switches.portPut(ovs, port(9, false));
        assertThat(news())
                .extracting(Event::data)
                .contains(new BridgeChange(
                        HERE,
                        new BridgeHealth(BridgeStatus.State.ACTIVE, List.of()),
                        new BridgeHealth(BridgeStatus.State.DEGRADED, List.of("uplink 'tap9' is down"))));
    }

    @Test
    void saysNothingOfVnicsThatNothingHasHappenedTo() {
        plugWebIn();
        apply(attach(DATABASE, 2));
        assertThat(news()).extracting(Event::subject).containsOnly("/vnics/database");
    }

    @Test
    void timesAttachFromTheRequestToTheBarriersReply() {
        putBridge();
        connect();
        ovs.answersAtOnce = false;
        apply(attach(WEB, 1));
        nanoTime += 40_000_000;
        ovs.answer();
        assertThat(metrics.scrape(Figures.NONE))
                .contains("plugboard_attach_seconds_bucket{le=\"0.02\"} 0")
                .contains("plugboard_attach_seconds_bucket{le=\"0.05\"} 1")
                .contains("plugboard_attach_seconds_sum 0.04");
    }

    @Test
    void doesNotTimeHowLongVnicHasWaitedForItsPort() {
        putBridge();
        connect();
        apply(attach(WEB, 3));
        nanoTime += 3_600_000_000_000L;
        switches.portPut(ovs, port(3, true));
        assertThat(vnicNews()).last().asString().endsWith("-> ACTIVE");
        assertThat(metrics.scrape(Figures.NONE)).contains("plugboard_attach_seconds_count 0");
    }

    /** Whatever happens: who has followed all changes knows what is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatItTellsAddsUpToWhatIs(long seed) {
        Random random = new Random(seed);
        Map<VnicId, VnicStatus> known = new TreeMap<>();
        putBridge();
        apply(
                new TopologyChange.PortGroupPut(trunk(TRUNK, "100-199")),
                new TopologyChange.PortGroupPut(trunk(OTHER_TRUNK, "150-250")));
        boolean connected = false;
        for (int step = 0; step < 400; step++) {
            connected = happen(random, connected);
            for (Event event : news()) {
                if (event.data() instanceof VnicChange change) {
                    assertThat(known.get(change.vnic()))
                            .isEqualTo(change.before().orElse(null));
                    known.put(change.vnic(), change.after());
                }
            }
            known.keySet().retainAll(topology.attachments().keySet());
            Map<VnicId, VnicStatus> all = new TreeMap<>();
            topology.attachments()
                    .keySet()
                    .forEach(id -> all.put(id, switches.vnic(id).orElseThrow()));
            assertThat(known).as("after step %d", step).isEqualTo(all);
        }
    }

    private static PortGroup trunk(PortGroupName name, String vlans) {
        return new PortGroup(name, new VlanMode.Trunk(VlanSet.parse(List.of(vlans))));
    }

    /** @return whether the switch is connected now */
    private boolean happen(Random random, boolean connected) {
        int number = 1 + random.nextInt(6);
        VnicId id = new VnicId("vnic-" + number);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> apply(new TopologyChange.VnicAttached(anyVnic(random, id)));
            case 3 -> apply(new TopologyChange.VnicDetached(id));
            case 4, 5 -> apply(filter(id, 1 + random.nextInt(6), random.nextBoolean()));
            case 6 -> {
                SecurityPolicy policy = random.nextBoolean() ? ACCEPTING : SecurityPolicy.INHERITED;
                apply(new TopologyChange.PortGroupPut(
                        new PortGroup(FLAT, new VlanMode.Untagged()).withSecurity(policy)));
            }
            case 7 -> {
                List<String> uplinks = random.nextBoolean() ? List.of("tap9") : List.of("tap8", "tap9");
                apply(new TopologyChange.BridgePut(new Bridge(HERE, "here", uplinks)));
            }
            case 8 -> {
                if (connected) {
                    switches.portPut(ovs, port(number, random.nextBoolean()));
                }
            }
            case 9 -> {
                if (connected) {
                    switches.portGone(ovs, number);
                }
            }
            case 10 -> {
                ovs.answersAtOnce = random.nextBoolean();
                ovs.refuses = command -> random.nextInt(60) == 0;
                ovs.answer();
                timer.elapse();
            }
            default -> {
                if (!connected) {
                    connect();
                    return true;
                } else if (random.nextInt(4) == 0) {
                    switches.disconnected(ovs, "cut");
                    return false;
                }
            }
        }
        return connected;
    }

    private static Vnic anyVnic(Random random, VnicId id) {
        int port = 1 + random.nextInt(6);
        PortRef ref = random.nextBoolean() ? new PortRef.ByName("tap" + port) : new PortRef.ByNumber(port);
        Vnic vnic = vnic(id, ref, 1 + random.nextInt(6));
        return random.nextInt(3) == 0
                ? new Vnic(id, vnic.place(), vnic.mac(), random.nextBoolean() ? TRUNK : OTHER_TRUNK, Vnic.Source.REST)
                : vnic;
    }
}
