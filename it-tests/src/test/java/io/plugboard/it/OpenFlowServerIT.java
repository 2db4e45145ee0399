package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.openflow.OpenFlowServer;
import io.plugboard.controller.openflow.SessionLimits;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenFlowServerIT {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");

    private final SwitchesUp events = new SwitchesUp();
    private final OpenFlowServer server = new OpenFlowServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, SessionLimits.defaults());
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);

    @BeforeEach
    void start() throws IOException {
        server.start();
        ovs.addBridge("br0", DPID);
        ovs.addDummyPorts("br0", 3);
    }

    @AfterEach
    void stop() {
        ovs.close();
        server.close();
    }

    @Test
    void learnsWhatOpenVSwitchCanDo() {
        SwitchConnection connection = connect();

        assertThat(connection.datapathId()).isEqualTo(DPID);
        assertThat(connection.profile().misfits()).isEmpty();
        assertThat(connection.profile().tables()).isEqualTo(254);
        assertThat(connection.profile().metadata()).isEqualTo(-1L);
        assertThat(connection.profile().bundles()).isTrue();
    }

    private SwitchConnection connect() {
        ovs.setController("br0", server.localAddress().getPort());
        return events.awaitConnected();
    }
}
