package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.compiler.property.FrameBytes;
import io.plugboard.topology.model.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Five thousand vNICs of one segment, each eighth by a trunk: a broadcast reaches every one of them once, with the tag that it
 * is to have there. Open vSwitch drops copies without a word where groups are too deep or tags change too often.
 */
@ExtendWith(LargeBridge.Shared.class)
@Timeout(600)
class LargeSegmentIT {
    private static final int VNICS = LargeBridge.VNICS;
    private static final int UPLINK = LargeBridge.UPLINK;
    private static final int VLAN = 100;
    private static final int ONE_TRUNK_IN = 8;
    private static final int A_TRUNK = 1;
    private static final int NOT_A_TRUNK = 2;
    private static final String TRUNK = "trunk";
    private static final MacAddress STRANGER = MacAddress.parse("02:00:00:00:00:99");
    private static final Pattern PORT = Pattern.compile("br-(\\d+) \\d+/(\\d+):");

    private final DummyBridge bridge;

    LargeSegmentIT(LargeBridge large) {
        bridge = large.bridge();
    }

    @Test
    void aBroadcastReachesEveryVnicOfALargeSegmentOnceWithItsTag() {
        try (Plugboard plugboard = Plugboard.start();
                OpenFlowTap tap = new OpenFlowTap(plugboard.openFlow())) {
            RestClient rest = plugboard.rest();
            rest.apply(bridge.put(bridge.port(UPLINK)));
            rest.apply(List.of(putTrunk()));
            bridge.connectTo(tap.port());
            rest.apply(IntStream.range(1, VNICS).mapToObj(this::attach).toList());
            rest.putUntilSettled(attach(VNICS - 1));
            tap.takeModifications();

            rest.putUntilSettled(attach(VNICS));

            List<OpenFlowMessage> oneMore = tap.takeModifications();
            assertThat(oneMore.stream().filter(message -> message.type() == OpenFlowMessage.GROUP_MOD))
                    .as("links that one more vNIC changes")
                    .hasSize(1);
            isReceivedByAllOthers(NOT_A_TRUNK, broadcast(mac(NOT_A_TRUNK)));
            isReceivedByAllOthers(A_TRUNK, broadcast(mac(A_TRUNK)).tagged(VLAN));
            isReceivedByAllOthers(UPLINK, broadcast(STRANGER).tagged(VLAN));
        }
    }

    /** By the counters of all ports, and by what the switch says of the same frame. */
    private void isReceivedByAllOthers(int sender, Frame frame) {
        Map<Integer, Integer> copies = PortCounts.copiesOf(bridge, sender, FrameBytes.hex(frame));

        assertThat(IntStream.rangeClosed(1, UPLINK).filter(port -> copies.get(port) != 1))
                .as("ports that get another number of copies than 1 of a broadcast from port %d", sender)
                .containsExactly(sender);
        assertThat(copies.get(sender)).isZero();
        Map<Integer, List<VlanTag>> expected = new TreeMap<>();
        IntStream.rangeClosed(1, UPLINK)
                .filter(port -> port != sender)
                .forEach(port -> expected.put(port, isTagged(port) ? List.of(VlanTag.of(VLAN)) : List.of()));
        assertThat(traced(sender, frame)).isEqualTo(expected);
    }

    private static boolean isTagged(int port) {
        return port == UPLINK || isTrunk(port);
    }

    private Map<Integer, List<VlanTag>> traced(int sender, Frame frame) {
        Map<Integer, Integer> numbers = new TreeMap<>();
        Matcher ports = PORT.matcher(bridge.ovs().appctl("dpif/show"));
        while (ports.find()) {
            numbers.put(Integer.valueOf(ports.group(2)), Integer.valueOf(ports.group(1)));
        }
        String trace = bridge.ovs().appctl("ofproto/trace", bridge.name(), "in_port=" + sender, FrameBytes.hex(frame));
        Map<Integer, List<VlanTag>> tags = new TreeMap<>();
        DatapathActions.in(trace, frame)
                .forEach(copy -> assertThat(tags.put(
                                numbers.get(copy.datapathPort()), copy.frame().tags()))
                        .as("another copy than %s to its port", copy)
                        .isNull());
        return tags;
    }

    private Operation attach(int number) {
        if (!isTrunk(number)) {
            return bridge.attach(number);
        }
        return Operation.putVnic(bridge.vnic(number), bridge.dpid(), bridge.port(number), bridge.mac(number), TRUNK);
    }

    private static boolean isTrunk(int number) {
        return number <= VNICS && number % ONE_TRUNK_IN == A_TRUNK;
    }

    private static Operation putTrunk() {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.putObject("vlan").put("mode", "trunk").putArray("ids").add("0-4094");
        return new Operation("put", "/port-groups/" + TRUNK, value);
    }

    private MacAddress mac(int number) {
        return MacAddress.parse(bridge.mac(number));
    }

    private static Frame broadcast(MacAddress source) {
        return Frame.of(MacAddress.BROADCAST, source, EtherType.ARP);
    }
}
