package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class BulkIT {
    private static final int VNICS = 1_000;
    private static final int FURTHER = 25;
    private static final int MOST_GROUP_MODS = 20;

    @Test
    void oneTransactionActivatesAThousandVnics() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
                Plugboard plugboard = Plugboard.start();
                OpenFlowTap tap = new OpenFlowTap(plugboard.openFlow())) {
            DummyBridge bridge = DummyBridge.create(ovs, "br", 0xa1, VNICS + FURTHER);
            RestClient rest = plugboard.rest();
            rest.apply(bridge.put());
            bridge.connectTo(tap.port());
            rest.putUntilSettled(bridge.attach(1));
            List<OpenFlowMessage> begin = tap.takeModifications();

            rest.apply(bridge.attach(2, VNICS));
            rest.putUntilSettled(bridge.attach(VNICS));

            JsonNode active =
                    rest.get("/vnics?state=active&bridge=" + bridge.dpid()).ok();
            assertThat(active.path("items")).hasSize(VNICS);
            List<OpenFlowMessage> bulk = tap.takeModifications();
            long groupMods = bulk.stream()
                    .filter(message -> message.type() == OpenFlowMessage.GROUP_MOD)
                    .count();
            System.out.printf(
                    "%,d vNICs by one transaction: %,d flow-mods, %,d group-mods%n",
                    VNICS, bulk.size() - groupMods, groupMods);
            assertThat(groupMods).isLessThanOrEqualTo(MOST_GROUP_MODS);

            List<byte[]> further = new ArrayList<>();
            for (int number = VNICS + 1; number <= VNICS + FURTHER; number++) {
                rest.putUntilSettled(bridge.attach(number));
                further.add(RawController.withBarrier(tap.takeModifications()));
            }
            begin = new ArrayList<>(begin);
            begin.addAll(bulk);
            printOneMoreBesideTheFloor(ovs, plugboard, begin, further);
        }
    }

    /** The same once more on two fresh bridges by turns: one without the tap, and one by the raw client. */
    private static void printOneMoreBesideTheFloor(
            OpenVSwitch ovs, Plugboard plugboard, List<OpenFlowMessage> base, List<byte[]> further) {
        DummyBridge bridge = DummyBridge.create(ovs, "pb", 0xb1, VNICS + FURTHER);
        DummyBridge floor = DummyBridge.create(ovs, "raw", 0xb2, VNICS + FURTHER);
        RestClient rest = plugboard.rest();
        rest.apply(bridge.putWithVnics(VNICS));
        bridge.connectTo(plugboard.openFlow().getPort());
        rest.putUntilSettled(bridge.attach(VNICS));
        try (RawController raw = RawController.accept(floor::connectTo)) {
            raw.send(RawController.withBarrier(base));
            List<Long> put = new ArrayList<>();
            List<Long> least = new ArrayList<>();
            for (int more = 1; more <= FURTHER; more++) {
                long start = System.nanoTime();
                rest.putUntilSettled(bridge.attach(VNICS + more));
                put.add(System.nanoTime() - start);
                least.add(raw.send(further.get(more - 1)));
            }
            System.out.printf(
                    "one more by PUT ?wait=active: median %.2f ms; the raw client's flow-mods and barrier: median %.2f ms%n",
                    median(put) / 1e6, median(least) / 1e6);
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
