package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenFlowServerTest {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");
    private static final Observed.Port PORT = new Observed.Port(7, "tap7", MacAddress.parse("02:00:00:00:00:07"), true);

    private final RecordedEvents events = new RecordedEvents();
    private final OpenFlowServer server = new OpenFlowServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, SessionLimits.defaults());

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void announcesSwitchWithWhatItCanDoAndItsPorts() {
        try (FakeSwitch fake = FakeSwitch.connect(server.localAddress())) {
            fake.shakeHands(DPID.bits(), PORT);

            Event.Connected connected = events.next(Event.Connected.class);
            SwitchConnection connection = connected.connection();
            assertThat(connection.datapathId()).isEqualTo(DPID);
            assertThat(connection.address()).startsWith("127.0.0.1:");
            assertThat(connection.profile()).isEqualTo(new SwitchProfile(254, -1L, true, true, true, true));
            assertThat(connected.ports().ports().values()).containsExactly(PORT);
        }
        assertThat(events.next(Event.Disconnected.class).reason()).isEqualTo("it closed the connection");
    }
}
