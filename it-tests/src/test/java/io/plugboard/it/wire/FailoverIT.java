package io.plugboard.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.it.Eventually;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.Operation;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All vNICs of a host use its first uplink while that is up, and the second while it is not. */
@Timeout(180)
class FailoverIT {
    private static final DatapathId DPID = new DatapathId(0xe1);
    private static final String BRIDGE = "host";
    private static final String PATCHES = "patches";
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String CARD = "card";
    private static final int MANY = 200;
    private static final int ROUNDS = 5;
    private static final long FIRST_MAC = 0x5254_0000_7800L;
    private static final VlanId VLAN = new VlanId(100);
    private static final int RATE = 500;

    private final Namespace namespace = Namespace.create();
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, namespace.entering());
    private final Plugboard plugboard = Plugboard.start();
    private final RestClient rest = plugboard.rest();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private Watch watch;

    @BeforeEach
    void start() {
        ovs.vsctl("set", "Open_vSwitch", ".", "other_config:max-revalidator=100");
        namespace.ip(Stream.of(FIRST, SECOND, CARD)
                .flatMap(name -> Stream.of(
                        "link add " + name + " type veth peer name " + Lab.farEnd(name),
                        "link set " + name + " up",
                        "link set " + Lab.farEnd(name) + " up"))
                .toList());
        ovs.addBridge(BRIDGE, DPID);
        ovs.addBridge(PATCHES, new DatapathId(0xe2));
        for (String port : List.of(FIRST, SECOND, CARD)) {
            ovs.vsctl("add-port", BRIDGE, port);
        }
        opened.add(new ControllerSocket(ovs.controllerSocket(BRIDGE), plugboard.openFlow()));
        ovs.setController(BRIDGE);
        watch = Watch.of(namespace, List.of(FIRST, SECOND, Lab.farEnd(SECOND), Lab.farEnd(CARD)));
        opened.add(watch);
        Operation bridge = Operation.putBridge(DPID, FIRST, SECOND);
        ((ObjectNode) bridge.value())
                .putObject("teaming")
                .put("policy", "explicitFailover")
                .put("failbackDelayMs", 0);
        operations.add(bridge);
        operations.add(Operation.putPortGroup("red", VLAN.value()));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        plugboard.close();
        ovs.close();
        namespace.close();
    }

    private static MacAddress mac(int number) {
        return new MacAddress(FIRST_MAC + number);
    }

    private Operation vnic(int number, String port) {
        return Operation.putVnic(
                String.format("v%03d", number), DPID, port, mac(number).toString(), "red");
    }

    private void plugInAndWait(Operation last) {
        rest.apply(operations);
        rest.putUntilSettled(last);
        Eventually.get(
                () -> rest.get("/vnics?limit=1000").ok().path("items"),
                vnics -> all(
                        vnics,
                        vnic -> vnic.at("/status/state").asText().equals("active")
                                && vnic.at("/status/uplink").asText().equals(FIRST)));
    }

    private static boolean all(JsonNode items, Predicate<JsonNode> which) {
        for (JsonNode item : items) {
            if (!which.test(item)) {
                return false;
            }
        }
        return !items.isEmpty();
    }

    @Test
    void everyVnicIsAnnouncedInOrderOnTheUplinkThatItMovesTo() {
        List<String> ports = new ArrayList<>();
        for (int number = 1; number <= MANY; number++) {
            for (String end : List.of(BRIDGE, PATCHES)) {
                String port = end + number;
                String peer = (end.equals(BRIDGE) ? PATCHES : BRIDGE) + number;
                ports.addAll(List.of("--", "add-port", end, port));
                ports.addAll(List.of("--", "set", "Interface", port, "type=patch", "options:peer=" + peer));
            }
            operations.add(vnic(number, BRIDGE + number));
        }
        ovs.vsctl(ports.toArray(String[]::new));
        plugInAndWait(vnic(MANY, BRIDGE + MANY));
        awaitAllAnnounced(0, FIRST);

        int failover = watch.now();
        namespace.ip(List.of("link set " + Lab.farEnd(FIRST) + " down"));
        List<Sighting> onSecond = awaitAllAnnounced(failover, SECOND);
        int failback = watch.now();
        namespace.ip(List.of("link set " + Lab.farEnd(FIRST) + " up"));
        List<Sighting> onFirst = awaitAllAnnounced(failback, FIRST);

        print("failover of 200 vNICs", onSecond);
        print("failback of 200 vNICs", onFirst);
        assertThat(watch.since(0, one -> one.isIgmpQuery() || one.isMldQuery())).isEmpty();
        assertEachIsAnnouncedInOrder(onSecond);
        assertEachIsAnnouncedInOrder(onFirst);
        assertThat(watch.since(failover, seen -> seen.isRarp() && seen.leaves(FIRST)))
                .containsExactlyElementsOf(onFirst);
        assertThat(watch.since(failover, seen -> seen.isRarp() && seen.leaves(SECOND)))
                .containsExactlyElementsOf(onSecond);
    }

    private List<Sighting> awaitAllAnnounced(int mark, String uplink) {
        return watch.await(mark, MANY * ROUNDS, seen -> seen.isRarp() && seen.leaves(uplink));
    }

    private static void assertEachIsAnnouncedInOrder(List<Sighting> announced) {
        List<MacAddress> order =
                IntStream.rangeClosed(1, MANY).mapToObj(FailoverIT::mac).toList();
        Map<MacAddress, Integer> rounds = new HashMap<>();
        Map<Integer, List<MacAddress>> byRound = new HashMap<>();
        for (Sighting sighting : announced) {
            MacAddress mac = sighting.frame().source();
            byRound.computeIfAbsent(rounds.merge(mac, 1, Integer::sum), unused -> new ArrayList<>())
                    .add(mac);
        }
        assertThat(new LinkedHashSet<>(byRound.keySet())).hasSize(ROUNDS);
        assertThat(byRound.values()).allSatisfy(round -> assertThat(round).containsExactlyElementsOf(order));
    }

    private static void print(String title, List<Sighting> announced) {
        double seconds =
                (announced.get(announced.size() - 1).time() - announced.get(0).time()) / 1e9;
        double firstRound = (announced.get(MANY - 1).time() - announced.get(0).time()) / 1e9;
        System.out.printf(
                "%s: %,d RARPs in %.2f s, the first of each in %.3f s (%.0f frames/s)%n",
                title, announced.size(), seconds, firstRound, (MANY - 1) / firstRound);
    }

    @Test
    void aPlannedReturnLosesNothingThatComesByTheOldUplinkWhileItIsAnnounced() {
        plugInAndWait(vnic(1, CARD));
        namespace.ip(List.of("link set " + Lab.farEnd(FIRST) + " down"));
        watch.await(0, ROUNDS, seen -> seen.isRarp() && seen.leaves(SECOND));
        NumberedStream stream = new NumberedStream(
                MacAddress.parse("02:00:00:00:78:00"), mac(1), Ipv4Address.parse("10.78.0.2"), VLAN, 7003);
        opened.add(new Sender(namespace, Lab.farEnd(SECOND), stream, RATE));
        watch.await(0, RATE / 5, seen -> seen.enters(Lab.farEnd(CARD)) && seen.isOf(stream));

        int mark = watch.now();
        namespace.ip(List.of("link set " + Lab.farEnd(FIRST) + " up"));
        List<Sighting> announced = watch.await(mark, ROUNDS, seen -> seen.isRarp() && seen.leaves(FIRST));
        Eventually.get(
                () -> ovs.ofctl("dump-flows", BRIDGE, "table=3"),
                flows -> flows.lines().noneMatch(flow -> flow.contains("priority=190,")));
        ovs.awaitDecisions();
        long closed = Watch.time();
        Sighting late = watch.await(
                        mark,
                        RATE / 5,
                        seen -> seen.time() > closed && seen.leaves(Lab.farEnd(SECOND)) && seen.isOf(stream))
                .get(0);

        List<Sighting> seen = watch.since(mark);
        // Since its start: of two devices, what passed one of them before the other may be seen in the other order.
        Losses losses = Losses.between(watch.since(0), stream, Lab.farEnd(SECOND), Lab.farEnd(CARD));
        long lastArrival = seen.stream()
                .filter(one -> one.enters(Lab.farEnd(CARD)) && one.isOf(stream))
                .mapToLong(Sighting::time)
                .max()
                .orElseThrow();
        System.out.printf(
                "failback under a stream by the old uplink: %s; it is open for %.0f ms after the first announcement%n",
                losses, (lastArrival - announced.get(0).time()) / 1e6);
        assertThat(seen)
                .filteredOn(one -> one.isIgmpQuery() || one.isMldQuery())
                .extracting(Sighting::device)
                .containsOnly(Lab.farEnd(CARD));
        assertThat(losses.lost()).isEmpty();
        assertThat(losses.duplicates()).isZero();
        assertThat(lastArrival).isGreaterThan(announced.get(ROUNDS - 1).time()).isLessThan(late.time());
    }
}
