package io.plugboard.it.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.config.OvsdbSettings;
import io.plugboard.controller.source.Adoption;
import io.plugboard.it.Eventually;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that has been told of its controller by two commands; whoever plugs vNICs in never calls it. */
@Timeout(120)
class OvsdbSourceIT {
    private Hypervisor host;
    private Plugboard plugboard;
    private RestClient rest;

    @BeforeEach
    void start() {
        host = Hypervisor.start(0xa1);
        plugboard = Plugboard.startWithOvsdb(Adoption.MANAGED);
        rest = plugboard.rest();
    }

    @AfterEach
    void stop() {
        plugboard.close();
        host.close();
    }

    private JsonNode vnic(int number) {
        return rest.get("/vnics/" + Hypervisor.vnic(number)).ok();
    }

    private int vnicStatus(int number) {
        return rest.get("/vnics/" + Hypervisor.vnic(number)).status();
    }

    private JsonNode bridge() {
        return rest.get("/bridges/" + host.dpid()).ok();
    }

    @Test
    void twoCommandsSuffice() {
        host.joins(plugboard.ovsdb());
        host.plug(1);

        host.awaitState(1, "active");

        assertThat(vnic(1).path("source").asText()).isEqualTo("ovsdb");
        assertThat(vnic(1).path("portGroup").asText()).isEqualTo("untagged");
        assertThat(vnic(1).at("/status/state").asText()).isEqualTo("active");
        assertThat(bridge().path("source").asText()).isEqualTo("ovsdb");
        assertThat(bridge().path("name").asText()).isEqualTo("br0");
        assertThat(host.flows("br0")).anyMatch(flow -> flow.contains(Hypervisor.mac(1)));
    }

    @Test
    void bridgeThatIsMarkedIsSetAsItMustBe() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");

        assertThat(host.column("Bridge", "br0", "fail_mode")).isEqualTo("secure");
        assertThat(host.column("Bridge", "br0", "other_config:disable-in-band")).contains("true");
        assertThat(host.ovs().vsctl("get-controller", "br0").strip())
                .isEqualTo("tcp:127.0.0.1:" + plugboard.openFlow().getPort());
    }

    @Test
    void bridgeThatHasControllerKeepsIt() {
        host.ovs().setController("br0", plugboard.openFlow().getPort());
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");

        assertThat(host.ovs().vsctl("get-controller", "br0").lines()).hasSize(1);
    }

    @Test
    void tagImpliesThePortGroup() {
        host.joins(plugboard.ovsdb());
        host.plug(1, "--", "set", "Port", Hypervisor.port(1), "tag=100");

        host.awaitState(1, "active");

        assertThat(vnic(1).path("portGroup").asText()).isEqualTo("vlan-100");
        assertThat(rest.get("/port-groups/vlan-100").ok().path("vlan").toString())
                .isEqualTo("{\"mode\":\"access\",\"id\":100}");
    }

    @Test
    void guestsFilterIsHonouredAndItsStateIsWrittenBack() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");

        host.set(1, "plugboard-rx-filter", "{\"mac\":\"52:54:00:00:00:99\"}");
        host.awaitState(1, "blocked:macAddressChanged");
        host.set(
                1,
                "plugboard-rx-filter",
                "{\"mac\":\"" + Hypervisor.mac(1) + "\",\"multicast\":[\"01:00:5e:01:02:03\"]}");
        host.awaitState(1, "active");

        assertThat(vnic(1).at("/rxFilter/multicast/0").asText()).isEqualTo("01:00:5e:01:02:03");
        assertThat(Eventually.get(
                        () -> host.flows("br0"),
                        flows -> flows.stream().anyMatch(flow -> flow.contains("01:00:5e:01:02:03"))))
                .isNotEmpty();
    }

    @Test
    void policyOfTheRowIsInTheSwitch() {
        String vrrp = "00:00:5e:00:01:01";
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");
        assertThat(host.flows("br0")).noneMatch(flow -> flow.contains("dl_src=" + vrrp));

        host.set(1, "plugboard-allowed-macs", vrrp);
        Eventually.get(
                () -> host.flows("br0"), flows -> flows.stream().anyMatch(flow -> flow.contains("dl_src=" + vrrp)));
        assertThat(vnic(1).at("/allowedMacs/0").asText()).isEqualTo(vrrp);

        host.ovs().vsctl("remove", "Interface", Hypervisor.port(1), "external_ids", "plugboard-allowed-macs");
        Eventually.get(
                () -> host.flows("br0"), flows -> flows.stream().noneMatch(flow -> flow.contains("dl_src=" + vrrp)));
    }

    @Test
    void bridgeThatRestHasPutIsHandedOverToItsHostWithAllThatIsPluggedIn() {
        rest.put("/bridges/" + host.dpid(), "{}").ok();
        host.ovs().setController("br0", plugboard.openFlow().getPort());
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");
        assertThat(bridge().path("source").asText()).isEqualTo("rest");
        List<String> flows = host.flows("br0");

        rest.delete("/bridges/" + host.dpid()).ok();

        assertThat(bridge().path("source").asText()).isEqualTo("ovsdb");
        assertThat(vnic(1).at("/status/state").asText()).isEqualTo("active");
        assertThat(host.flows("br0")).isEqualTo(flows);
        host.ovs().vsctl("del-port", Hypervisor.port(1));
        Eventually.get(() -> vnicStatus(1), status -> status == 404);
    }

    @Test
    void whatCannotBeReadIsSaidInTheRowAndOfTheBridge() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.plug(2, "external_ids:attached-mac=\"01:00:5e:00:00:01\"");
        host.awaitState(1, "active");

        String state = Eventually.get(() -> host.state(2), text -> !text.isEmpty());

        assertThat(state).startsWith("refused:attached-mac: 01:00:5e:00:00:01 is a group address");
        assertThat(bridge().at("/status/problems").toString()).contains("bridge br0, port tap2: attached-mac");
        assertThat(vnicStatus(2)).isEqualTo(404);
    }

    @Test
    void markedPortIsAnUplink() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.ovs()
                .vsctl(
                        "add-port",
                        "br0",
                        "eth0",
                        "--",
                        "set",
                        "Interface",
                        "eth0",
                        "type=dummy",
                        "external_ids:plugboard-uplink=true");

        JsonNode bridge = Eventually.get(
                this::bridgeOrNothing,
                there -> there.at("/status/ports").toString().contains("\"use\":\"uplink\""));

        assertThat(bridge.path("uplinks").toString()).isEqualTo("[\"eth0\"]");
        assertThat(Eventually.get(() -> vnic(1).at("/status/uplink").asText(), "eth0"::equals))
                .isEqualTo("eth0");
    }

    private JsonNode bridgeOrNothing() {
        return rest.get("/bridges/" + host.dpid()).body();
    }

    @Test
    void vnicGoesWithItsRow() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.plug(2);
        host.awaitState(1, "active");
        host.awaitState(2, "active");

        host.unplug(1);

        Eventually.get(() -> vnicStatus(1), status -> status == 404);
        Eventually.get(
                () -> host.flows("br0"), flows -> flows.stream().noneMatch(flow -> flow.contains(Hypervisor.mac(1))));
        assertThat(vnic(2).at("/status/state").asText()).isEqualTo("active");
    }

    @Test
    void bridgeThatIsUnmarkedIsLeftAlone() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");

        host.ovs().vsctl("remove", "bridge", "br0", "external_ids", "plugboard-managed");

        Eventually.get(() -> bridge().path("managed").asBoolean(), managed -> !managed);
        Eventually.get(() -> host.state(1), String::isEmpty);
        Eventually.get(() -> host.flows("br0"), List::isEmpty);
        assertThat(vnicStatus(1)).isEqualTo(404);
    }

    @Test
    void bridgeThatIsNotMarkedIsNotTouched() {
        host.addBridge("br1", new DatapathId(0xa2));
        host.ovs()
                .vsctl(
                        "add-port",
                        "br1",
                        "tap9",
                        "--",
                        "set",
                        "Interface",
                        "tap9",
                        "type=dummy",
                        "external_ids:iface-id=vm-9",
                        "external_ids:attached-mac=\"52:54:00:00:00:09\"");
        List<String> flows = host.flows("br1");
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");

        assertThat(host.flows("br1")).isEqualTo(flows);
        assertThat(host.column("Bridge", "br1", "fail_mode")).isEqualTo("[]");
        assertThat(host.column("Bridge", "br1", "controller")).isEqualTo("[]");
        assertThat(host.column("Interface", "tap9", "external_ids")).doesNotContain("plugboard-state");
        assertThat(vnicStatus(9)).isEqualTo(404);
    }

    @Test
    void vnicThatRestBroughtIsConflictAndViceVersa() {
        host.joins(plugboard.ovsdb());
        host.plug(1);
        host.awaitState(1, "active");
        String other = "{\"bridge\":\"%s\",\"port\":\"tap7\",\"mac\":\"%s\",\"portGroup\":\"untagged\"}";
        rest.put("/vnics/vm-2", String.format(other, host.dpid(), Hypervisor.mac(2)))
                .ok();

        host.plug(2);

        host.awaitState(2, "conflict:ownedByRest");
        assertThat(Eventually.get(() -> bridge().at("/status/problems").toString(), text -> text.contains("by REST")))
                .contains("port tap2: vNIC 'vm-2': it was plugged in by REST, which alone may change it");
        String theirs = String.format(other, host.dpid(), Hypervisor.mac(1));
        assertThat(rest.put("/vnics/vm-1", theirs).status()).isEqualTo(409);
        assertThat(rest.delete("/vnics/vm-1").status()).isEqualTo(409);
        assertThat(rest.delete("/vnics/vm-1/rx-filter").status()).isEqualTo(409);
        assertThat(rest.post("/vnics/vm-1/migration", "{\"bridge\":\"00000000000000b1\",\"port\":\"tap1\"}")
                        .status())
                .isEqualTo(409);
        assertThat(rest.put("/bridges/" + host.dpid(), "{}")
                        .body()
                        .path("detail")
                        .asText())
                .contains("is marked in OVSDB");
        assertThat(rest.delete("/bridges/" + host.dpid()).status()).isEqualTo(409);
        rest.delete("/vnics/vm-2");
        host.awaitState(2, "active");
    }

    @Test
    void portThatComesAgainUnderAnotherNumberLeavesNoRuleOnTheOldOne() {
        host.joins(plugboard.ovsdb());
        host.plug(1, "ofport_request=11");
        host.awaitState(1, "active");
        assertThat(host.flows("br0")).anyMatch(flow -> flow.contains("in_port=11,"));

        host.unplug(1);
        host.plug(1, "ofport_request=12");

        host.awaitState(1, "active");
        List<String> flows =
                Eventually.get(() -> host.flows("br0"), now -> now.stream().noneMatch(flow -> mentions(flow, 11)));
        assertThat(flows).anyMatch(flow -> mentions(flow, 12));
    }

    private static boolean mentions(String flow, int port) {
        return flow.contains("in_port=" + port + ",")
                || flow.contains("in_port=" + port + " ")
                || flow.contains("output:" + port);
    }

    @Test
    void everyBridgeIsOursWhereAllAreAdopted() {
        plugboard.close();
        plugboard = Plugboard.startWithOvsdb(Adoption.ALL);
        rest = plugboard.rest();
        host.ovs().vsctl("set-manager", "tcp:127.0.0.1:" + plugboard.ovsdb().getPort());
        host.plug(1);

        host.awaitState(1, "active");
    }

    @Test
    void databaseIsFollowedByTls(@TempDir Path directory) throws IOException, InterruptedException {
        Certificate ours = Certificate.make(directory, "controller");
        Certificate theirs = Certificate.make(directory, "switch");
        plugboard.close();
        plugboard = Plugboard.start(new OvsdbSettings(
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                Optional.of(new OvsdbSettings.Tls(ours.certificate(), ours.key(), theirs.certificate())),
                Adoption.MANAGED));
        rest = plugboard.rest();

        theirs.callsBy(host.ovs(), ours, "ssl:127.0.0.1:" + plugboard.ovsdb().getPort());
        host.mark();
        host.plug(1);

        host.awaitState(1, "active");
    }

    @Test
    void comingsAndGoingsAreEvents() {
        try (var events = rest.events()) {
            host.joins(plugboard.ovsdb());
            events.await("bridgeCorrected", "/bridges/" + host.dpid());
            host.ovs().vsctl("del-manager");
            String database = host.column("Open_vSwitch", ".", "_uuid");
            events.await("ovsdbDisconnected", "/ovsdb/" + database);
            Set<String> kinds = new TreeSet<>();
            events.soFar().forEach(event -> kinds.add(event.path("kind").asText()));
            assertThat(kinds).contains("ovsdbConnected", "bridgeCorrected", "put");
        }
    }
}
