package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RestartIT {
    private static final int VNICS = 1_000;
    private static final int REATTACHED = 300;

    @TempDir
    Path data;

    @Test
    void killedControllerFindsEverythingInPlace() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
                PlugboardProcess plugboard = new PlugboardProcess(data)) {
            DummyBridge bridge = DummyBridge.create(ovs, "br", 0xa1, VNICS);
            bridge.connectTo(plugboard.openFlow().getPort());
            RestClient rest = plugboard.rest();
            rest.apply(bridge.putWithVnics(VNICS));
            detachAndAttachSomeInRandomOrder(rest, bridge);
            List<String> flows = bridge.flows();
            List<String> groups = bridge.groups();

            plugboard.kill();
            plugboard.startAgain();
            JsonNode vnic = plugboard.rest().putUntilSettled(bridge.attach(1));

            assertThat(vnic.at("/status/state").asText()).isEqualTo("active");
            JsonNode sync =
                    plugboard.rest().get("/bridges/" + bridge.dpid()).ok().at("/status/lastSync");
            System.out.printf("restart with %,d vNICs, %,d of them attached again: %s%n", VNICS, REATTACHED, sync);
            for (String what : List.of(
                    "flowsAdded", "flowsModified", "flowsDeleted", "groupsAdded", "groupsModified", "groupsDeleted")) {
                assertThat(sync.path(what).asInt(-1)).as(what).isZero();
            }
            assertThat(flows).hasSizeGreaterThan(VNICS);
            assertThat(bridge.flows()).isEqualTo(flows);
            assertThat(bridge.groups()).isEqualTo(groups);
        }
    }

    private static void detachAndAttachSomeInRandomOrder(RestClient rest, DummyBridge bridge) {
        Random random = new Random(7);
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(1, VNICS).boxed().toList());
        Collections.shuffle(numbers, random);
        List<Integer> some = new ArrayList<>(numbers.subList(0, REATTACHED));
        rest.apply(some.stream()
                .map(number -> Operation.deleteVnic(bridge.vnic(number)))
                .toList());
        Collections.shuffle(some, random);
        some.forEach(number -> rest.put(
                        bridge.attach(number).path(),
                        bridge.attach(number).value().toString())
                .ok());
        some.forEach(number -> rest.putUntilSettled(bridge.attach(number)));
    }
}
