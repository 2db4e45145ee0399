package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.property.FrameBytes;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Five thousand multicast addresses on a bridge: each of twenty vNICs listens to 500, and each address has two listeners. */
@Timeout(600)
class ManyGroupsIT {
    private static final int VNICS = 20;
    private static final int GROUPS = 5_000;
    private static final int OF_EACH_VNIC = 500;
    private static final int STEP = GROUPS / VNICS;
    private static final int SPEAKER = VNICS + 1;
    private static final int UPLINK = VNICS + 2;
    private static final int SAMPLE = 40;
    private static final long FIRST_GROUP = 0x0100_5e01_0000L;

    @Test
    void eachStreamReachesItsListenersAloneAndOneMoreListenerChangesItsAddressAlone() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
                Plugboard plugboard = Plugboard.start();
                OpenFlowTap tap = new OpenFlowTap(plugboard.openFlow())) {
            DummyBridge bridge = DummyBridge.create(ovs, "br", 0xa1, UPLINK);
            RestClient rest = plugboard.rest();
            List<Operation> everything = new ArrayList<>(bridge.put(bridge.port(UPLINK)));
            everything.addAll(bridge.attach(1, SPEAKER));
            IntStream.rangeClosed(1, VNICS).forEach(vnic -> everything.add(listening(bridge, vnic, groupsOf(vnic))));
            everything.add(listening(bridge, SPEAKER, Set.of()));
            rest.apply(everything);
            bridge.connectTo(tap.port());
            rest.putUntilSettled(bridge.attach(SPEAKER));

            assertThat(MulticastListeners.installedOn(bridge, rest)).isEqualTo(expectedListeners());
            for (int group = 0; group < GROUPS; group += GROUPS / SAMPLE) {
                isReceivedByItsListeners(bridge, group);
            }

            Set<Integer> andOneOfAnother = groupsOf(1);
            andOneOfAnother.add(GROUPS / 2);
            modificationsOf(listening(bridge, 1, andOneOfAnother), rest, tap)
                    .isGroupMods(1)
                    .isFlowMods(0);
            Set<Integer> andANewOne = new TreeSet<>(andOneOfAnother);
            andANewOne.add(GROUPS);
            modificationsOf(listening(bridge, 1, andANewOne), rest, tap)
                    .isGroupMods(2)
                    .isFlowMods(2);
        }
    }

    private static void isReceivedByItsListeners(DummyBridge bridge, int group) {
        Frame frame = Frame.of(address(group), MacAddress.parse(bridge.mac(SPEAKER)), EtherType.ARP);
        Map<Integer, Integer> expected = new TreeMap<>();
        IntStream.rangeClosed(1, UPLINK).forEach(port -> expected.put(port, 0));
        Stream.concat(listenersOf(group), Stream.of(UPLINK)).forEach(port -> expected.put(port, 1));

        assertThat(PortCounts.copiesOf(bridge, SPEAKER, FrameBytes.hex(frame)))
                .as("copies of %s", frame)
                .containsAllEntriesOf(expected);
    }

    /** What was said to the switch. */
    private record Modifications(List<OpenFlowMessage> messages) {
        Modifications isGroupMods(int count) {
            return isOfType(OpenFlowMessage.GROUP_MOD, count);
        }

        Modifications isFlowMods(int count) {
            return isOfType(OpenFlowMessage.FLOW_MOD, count);
        }

        private Modifications isOfType(int type, int count) {
            assertThat(messages.stream().filter(message -> message.type() == type))
                    .hasSize(count);
            return this;
        }
    }

    private static Modifications modificationsOf(Operation change, RestClient rest, OpenFlowTap tap) {
        tap.takeModifications();
        rest.putUntilSettled(change);
        return new Modifications(tap.takeModifications());
    }

    /** 500 from another start for each: the addresses are a ring. */
    private static Set<Integer> groupsOf(int vnic) {
        return IntStream.range(0, OF_EACH_VNIC)
                .mapToObj(index -> ((vnic - 1) * STEP + index) % GROUPS)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Integer> listenersOf(int group) {
        return IntStream.rangeClosed(1, VNICS)
                .boxed()
                .filter(vnic -> groupsOf(vnic).contains(group));
    }

    private static Map<MacAddress, Set<Integer>> expectedListeners() {
        Map<MacAddress, Set<Integer>> expected = new TreeMap<>();
        for (int vnic = 1; vnic <= VNICS; vnic++) {
            for (int group : groupsOf(vnic)) {
                expected.computeIfAbsent(address(group), unused -> new TreeSet<>())
                        .add(vnic);
            }
        }
        return expected;
    }

    private static MacAddress address(int group) {
        return new MacAddress(FIRST_GROUP + group);
    }

    private static Operation listening(DummyBridge bridge, int vnic, Set<Integer> groups) {
        ObjectNode value = JsonNodeFactory.instance.objectNode().put("mac", bridge.mac(vnic));
        groups.forEach(group -> value.withArray("multicast").add(address(group).toString()));
        return new Operation("put", "/vnics/" + bridge.vnic(vnic) + "/rx-filter", value);
    }
}
