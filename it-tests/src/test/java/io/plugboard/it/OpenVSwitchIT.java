package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.DatapathId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenVSwitchIT {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");

    @ParameterizedTest
    @EnumSource
    void runsBesideOthersOfTheSameKind(OpenVSwitch.Datapath datapath) {
        String bridge = "pb" + ProcessHandle.current().pid();
        try (OpenVSwitch ovs = OpenVSwitch.start(datapath);
                OpenVSwitch other = OpenVSwitch.start(datapath)) {
            ovs.addBridge(bridge, DPID);

            assertThat(ovs.ofctl("show", bridge)).contains("dpid:" + DPID);
            assertThat(other.vsctl("list-br")).isEmpty();
        }
    }

    @Test
    void numbersDummyPortsFromOne() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY)) {
            ovs.addBridge("br0", DPID);
            ovs.addDummyPorts("br0", 3);

            assertThat(ovs.ofctl("dump-ports-desc", "br0")).contains("1(br0-1)", "2(br0-2)", "3(br0-3)");
        }
    }

    @Test
    void losesItsFlowsButNotItsBridgesWhenKilled() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY)) {
            ovs.addBridge("br0", DPID);
            ovs.ofctl("add-flow", "br0", "cookie=0x77,actions=drop");

            ovs.killVswitchd();
            ovs.restartVswitchd();

            assertThat(ovs.vsctl("list-br")).isEqualTo("br0\n");
            assertThat(ovs.ofctl("dump-flows", "br0")).doesNotContain("0x77");
        }
    }
}
