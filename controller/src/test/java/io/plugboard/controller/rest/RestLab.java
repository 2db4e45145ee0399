package io.plugboard.controller.rest;

import io.plugboard.controller.announce.FakeAnnouncementDesk;
import io.plugboard.controller.observe.BridgeStatus;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VnicId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A server on a port of its own, with fakes behind it, and a client. */
final class RestLab implements AutoCloseable {
    static final DatapathId BRIDGE = DatapathId.parse("00000000000000a1");
    static final String BLUE = "{\"vlan\": {\"mode\": \"access\", \"id\": 100}}";

    final FakeTopologyService service = new FakeTopologyService();
    final FakeSwitches switches = new FakeSwitches(service::topology);
    final FakeHosts hosts = new FakeHosts();
    final EventLog events = new EventLog(Clock.systemUTC());
    final Metrics metrics = new Metrics();
    final FakeAnnouncementDesk desk = new FakeAnnouncementDesk();
    final RestServer server;
    final RestClient client;

    RestLab() throws Exception {
        this(new Document());
    }

    RestLab(Document document) throws Exception {
        server = new RestServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        false,
                        service,
                        switches,
                        hosts,
                        desk,
                        events,
                        metrics)
                .start();
        client = new RestClient(server.port(), document);
    }

    /** A vNIC of port group blue on {@link #BRIDGE}, as JSON. */
    static String vnic(String port, String mac) {
        return "{\"bridge\": \"00000000000000a1\", \"port\": \"" + port + "\", \"mac\": \"" + mac
                + "\", \"portGroup\": \"blue\"}";
    }

    /** Port group blue, and web-1 in it. */
    RestLab withVnic() throws Exception {
        client.put("/api/v1/port-groups/blue", BLUE);
        client.put("/api/v1/vnics/web-1", vnic("tap0", "52:54:00:aa:bb:cc"));
        return this;
    }

    static VnicStatus active(String mac, int portNumber) {
        return new VnicStatus(
                VnicStatus.State.ACTIVE, "", OptionalInt.of(portNumber), MacAddress.parse(mac), Optional.of("eth1"));
    }

    static VnicStatus pending(String mac, String reason) {
        return new VnicStatus(
                VnicStatus.State.PENDING, reason, OptionalInt.empty(), MacAddress.parse(mac), Optional.empty());
    }

    /** A connected bridge with an uplink, web-1's port, and one that nobody uses. */
    static BridgeStatus connected(DatapathId dpid) {
        return new BridgeStatus(
                dpid,
                BridgeStatus.State.ACTIVE,
                Optional.of("127.0.0.1:41234"),
                Optional.of("1.3"),
                Optional.of("equal"),
                List.of(
                        port(1, "eth1", new BridgeStatus.Use.Uplink()),
                        port(2, "tap0", new BridgeStatus.Use.OfVnic(new VnicId("web-1"))),
                        port(3, "tap1", new BridgeStatus.Use.Unused())),
                42,
                42,
                Optional.of(FakeSwitches.SYNC),
                List.of());
    }

    static BridgeStatus.Port port(int number, String name, BridgeStatus.Use use) {
        return new BridgeStatus.Port(
                new Observed.Port(number, name, new MacAddress(0x0200_0000_0000L + number), true), use);
    }

    static BridgeStatus disconnected(DatapathId dpid) {
        return new BridgeStatus(
                dpid,
                BridgeStatus.State.DISCONNECTED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                0,
                Optional.empty(),
                List.of("it has not connected yet"));
    }

    @Override
    public void close() throws Exception {
        server.close();
        metrics.close();
    }
}
