package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people and accidents do to a switch, and how it is mended. */
@Timeout(120)
class RecoveryIT {
    private static final int PORTS = 10;

    private OpenVSwitch ovs;
    private Plugboard plugboard;
    private RestClient rest;
    private DummyBridge bridge;

    @BeforeEach
    void start() {
        ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
        plugboard = Plugboard.start();
        rest = plugboard.rest();
        bridge = DummyBridge.create(ovs, "br", 0xa1, PORTS);
        bridge.connectTo(plugboard.openFlow().getPort());
    }

    @AfterEach
    void stop() {
        plugboard.close();
        ovs.close();
    }

    @Test
    void bringsBackFlowsThatSomebodyDeletedWhenAskedToResync() {
        attachAll();
        List<String> flows = bridge.flows();
        ovs.ofctl("del-flows", bridge.name());
        assertThat(bridge.flows()).isEmpty();

        JsonNode sync = rest.post("/bridges/" + bridge.dpid() + "/resync", "").ok();

        assertThat(sync.path("flowsAdded").asInt()).isEqualTo(flows.size());
        assertThat(bridge.flows()).isEqualTo(flows);
    }

    @Test
    void bringsBackEverythingByItselfWhenTheSwitchHasStartedAgain() {
        attachAll();
        List<String> flows = bridge.flows();
        List<String> groups = bridge.groups();

        ovs.killVswitchd();
        ovs.restartVswitchd();
        assertThat(state(rest.putUntilSettled(bridge.attach(1)))).isEqualTo("active");

        // It may have been active still on the connection that has ended.
        Eventually.get(bridge::flows, flows::equals);
        Eventually.get(bridge::groups, groups::equals);
    }

    @Test
    void leavesABridgeThatNobodyPutAsItIs() {
        DummyBridge foreign = DummyBridge.create(ovs, "foreign", 0xf1, 2);
        // The first controller of a bridge makes Open vSwitch forget its flows.
        foreign.connectTo(plugboard.openFlow().getPort());
        ovs.ofctl("add-group", foreign.name(), "group_id=536936448,type=all,bucket=output:1");
        ovs.ofctl("add-flow", foreign.name(), "table=0,priority=7,cookie=0x706c0000,in_port=1,actions=output:2");
        ovs.ofctl(
                "add-flow",
                foreign.name(),
                "table=2,priority=1,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=NORMAL");
        List<String> flows = foreign.flows();
        List<String> groups = foreign.groups();
        attachAll();

        rest.apply(List.of(foreign.attach(1)));
        Eventually.get(() -> rest.post("/bridges/" + foreign.dpid() + "/resync", ""), answer -> answer.status() == 200);
        attachAll();

        JsonNode vnic = rest.get("/vnics/" + foreign.vnic(1)).ok();
        assertThat(state(vnic)).isEqualTo("pending");
        assertThat(reason(vnic)).contains(foreign.dpid().toString());
        assertThat(flows).hasSize(2);
        assertThat(foreign.flows()).isEqualTo(flows);
        assertThat(foreign.groups()).isEqualTo(groups);
    }

    @Test
    void activatesAVnicWhenItsPortAppears() {
        attachAll();
        int late = PORTS + 1;
        rest.apply(List.of(bridge.attach(late)));
        JsonNode waiting = rest.get("/vnics/" + bridge.vnic(late)).ok();
        assertThat(state(waiting)).isEqualTo("pending");
        assertThat(reason(waiting)).contains(bridge.port(late));
        CompletableFuture<RestClient.Answer> settled = rest.putAndSettle(bridge.attach(late));

        addPort(late, late);

        assertThat(state(RestClient.await(settled).ok())).isEqualTo("active");
    }

    @Test
    void followsAPortToItsNewNumberAndLeavesNothingOnTheOld() {
        attachAll();
        int newNumber = 77;

        ovs.vsctl("del-port", bridge.name(), bridge.port(3));
        addPort(3, newNumber);

        Eventually.get(
                () -> rest.get("/vnics/" + bridge.vnic(3)).ok(),
                vnic -> state(vnic).equals("active")
                        && vnic.at("/status/portNumber").asInt() == newNumber);
        assertThat(bridge.flows())
                .noneMatch(flow -> flow.matches(".*(in_port=3|output:3)\\b.*"))
                .anyMatch(flow -> flow.contains("in_port=" + newNumber));
        assertThat(bridge.groups())
                .noneMatch(group -> group.matches(".*output:3\\b.*"))
                .anyMatch(group -> group.contains("output:" + newNumber));
    }

    @Test
    void vnicsForWhichATableHasNoRoomFailAloneAndRecover() {
        rest.apply(bridge.putWithVnics(4));
        rest.putUntilSettled(bridge.attach(4));
        long guards = bridge.flows().stream()
                .filter(flow -> flow.contains("table=2,"))
                .count();
        limitTable(2, guards + 4);

        rest.apply(bridge.attach(5, 8));

        List<String> states = Eventually.get(
                () -> List.of(stateOf(5), stateOf(6), stateOf(7), stateOf(8)),
                all -> all.contains("active") && !all.contains("pending"));
        assertThat(states).containsExactlyInAnyOrder("active", "failed", "failed", "failed");
        for (int number = 5; number <= 8; number++) {
            JsonNode vnic = rest.get("/vnics/" + bridge.vnic(number)).ok();
            if (state(vnic).equals("failed")) {
                assertThat(reason(vnic)).contains("OFPFMFC_TABLE_FULL");
                String anyOfIts = ".*(" + bridge.mac(number) + "|in_port=" + number + "\\b|output:" + number + "\\b).*";
                // Each time that it is tried again, some of its flows are there until the others have been refused.
                Eventually.get(bridge::flows, flows -> flows.stream().noneMatch(flow -> flow.matches(anyOfIts)));
            }
        }
        assertThat(List.of(stateOf(1), stateOf(2), stateOf(3), stateOf(4))).containsOnly("active");

        ovs.vsctl("clear", "Bridge", bridge.name(), "flow_tables");
        Eventually.get(
                () -> List.of(stateOf(5), stateOf(6), stateOf(7), stateOf(8)),
                all -> all.stream().allMatch("active"::equals));
    }

    @Test
    void stoppedSwitchHoldsUpNoOther() {
        attachAll();
        try (OpenVSwitch stopped = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY)) {
            DummyBridge silent = DummyBridge.create(stopped, "silent", 0xb1, 2);
            silent.connectTo(plugboard.openFlow().getPort());
            rest.apply(silent.put());
            rest.putUntilSettled(silent.attach(1));
            signal(stopped, "STOP");
            CompletableFuture<RestClient.Answer> heldUp = rest.putAndSettle(silent.attach(2));

            rest.apply(List.of(Operation.deleteVnic(bridge.vnic(1))));
            assertThat(state(rest.putUntilSettled(bridge.attach(1)))).isEqualTo("active");

            assertThat(heldUp).isNotDone();
            signal(stopped, "CONT");
            assertThat(state(RestClient.await(heldUp).ok())).isEqualTo("active");
        }
    }

    private void attachAll() {
        rest.apply(bridge.putWithVnics(PORTS));
        assertThat(state(rest.putUntilSettled(bridge.attach(PORTS)))).isEqualTo("active");
    }

    private void addPort(int number, int ofport) {
        ovs.vsctl(
                "add-port",
                bridge.name(),
                bridge.port(number),
                "--",
                "set",
                "Interface",
                bridge.port(number),
                "type=dummy",
                "ofport_request=" + ofport);
    }

    private void limitTable(int table, long flows) {
        ovs.vsctl(
                "--id=@limit",
                "create",
                "Flow_Table",
                "flow_limit=" + flows,
                "overflow_policy=refuse",
                "--",
                "set",
                "Bridge",
                bridge.name(),
                "flow_tables:" + table + "=@limit");
    }

    private static void signal(OpenVSwitch ovs, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(ovs.vswitchdPid()))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String stateOf(int number) {
        return state(rest.get("/vnics/" + bridge.vnic(number)).ok());
    }

    private static String state(JsonNode vnic) {
        return vnic.at("/status/state").asText();
    }

    private static String reason(JsonNode vnic) {
        return vnic.at("/status/reason").asText();
    }
}
