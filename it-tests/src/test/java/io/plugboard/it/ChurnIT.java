package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest that reprograms its card as fast as it can, by its hypervisor's reports. */
@Timeout(180)
class ChurnIT {
    private static final int REPORTS = 5_000;
    private static final int CONNECTIONS = 32;
    private static final int GROUPS = 16;
    private static final int CHURNING = 1;
    private static final int LISTENER = 2;
    private static final int BYSTANDERS = 10;

    /** One that the guest leaves, and one that it joins. */
    private static final int LINKS_OF_A_CHANGE = 2;

    /** In a group-mod (OpenFlow 1.3.5, 7.3.4.2). */
    private static final int GROUP_ID_OFFSET = 12;

    /** Of the pipeline's group ids. */
    private static final int GROUP_KIND_SHIFT = 28;

    private static final int ADDRESS_KIND = 13;

    @Test
    void endsInTheNewestStateWithFewerChangesThanReportsAndHoldsNobodyUp() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
                Plugboard plugboard = Plugboard.start();
                OpenFlowTap tap = new OpenFlowTap(plugboard.openFlow())) {
            DummyBridge bridge = DummyBridge.create(ovs, "br", 0xa1, LISTENER + 2 * BYSTANDERS);
            RestClient rest = plugboard.rest();
            rest.apply(bridge.putWithVnics(LISTENER));
            bridge.connectTo(tap.port());
            // Every group is there already, so that a change of the guest's is a change of two links.
            rest.putUntilSettled(
                    report(bridge, LISTENER, IntStream.range(0, GROUPS).toArray()));
            rest.putUntilSettled(report(bridge, CHURNING, 0));
            long before = medianOfAttaching(bridge, LISTENER + 1, rest);
            tap.takeModifications();

            long start = System.nanoTime();
            List<CompletableFuture<Void>> churn = churn(bridge, plugboard);
            long during = medianOfAttaching(bridge, LISTENER + BYSTANDERS + 1, rest);
            boolean isOver = churn.stream().allMatch(CompletableFuture::isDone);
            churn.forEach(RestClient::await);
            long took = System.nanoTime() - start;
            rest.putUntilSettled(bridge.attach(CHURNING));

            assertThat(isOver).as("the churn was over before the attaches were").isFalse();
            long links = tap.takeModifications().stream()
                    .filter(ChurnIT::changesAnAddress)
                    .count();
            System.out.printf(
                    "%,d reports in %.1f s (%,.0f/s), %,d changes of links; attach beside them: median %.2f ms, before: %.2f ms%n",
                    REPORTS, took / 1e9, REPORTS / (took / 1e9), links, during / 1e6, before / 1e6);
            assertThat(links / LINKS_OF_A_CHANGE).isLessThan(REPORTS);
            JsonNode newest =
                    rest.get("/vnics/" + bridge.vnic(CHURNING) + "/rx-filter").ok();
            assertThat(MulticastListeners.installedOn(bridge, rest).entrySet().stream()
                            .filter(address -> address.getValue().contains(CHURNING))
                            .map(address -> address.getKey().toString()))
                    .containsExactly(newest.path("multicast").path(0).asText());
        }
    }

    /** Reports from several connections, each as fast as it is answered, until there were so many. */
    private static List<CompletableFuture<Void>> churn(DummyBridge bridge, Plugboard plugboard) {
        AtomicInteger reports = new AtomicInteger();
        return Stream.generate(plugboard::rest)
                .limit(CONNECTIONS)
                .map(rest -> CompletableFuture.runAsync(
                        () -> {
                            for (int report = reports.getAndIncrement();
                                    report < REPORTS;
                                    report = reports.getAndIncrement()) {
                                Operation put = report(bridge, CHURNING, report % GROUPS);
                                rest.put(put.path(), put.value().toString()).ok();
                            }
                        },
                        task -> new Thread(task, "churn").start()))
                .toList();
    }

    /** In nanoseconds, from the request to the answer, of ten further vNICs one after the other. */
    private static long medianOfAttaching(DummyBridge bridge, int first, RestClient rest) {
        List<Long> times = new ArrayList<>();
        for (int number = first; number < first + BYSTANDERS; number++) {
            long start = System.nanoTime();
            JsonNode vnic = rest.putUntilSettled(bridge.attach(number));
            times.add(System.nanoTime() - start);
            assertThat(vnic.at("/status/state").asText()).isEqualTo("active");
        }
        return times.stream().sorted().toList().get(BYSTANDERS / 2);
    }

    private static boolean changesAnAddress(OpenFlowMessage message) {
        return message.type() == OpenFlowMessage.GROUP_MOD
                && ByteBuffer.wrap(message.bytes()).getInt(GROUP_ID_OFFSET) >>> GROUP_KIND_SHIFT == ADDRESS_KIND;
    }

    private static Operation report(DummyBridge bridge, int vnic, int... groups) {
        ObjectNode value = JsonNodeFactory.instance.objectNode().put("mac", bridge.mac(vnic));
        IntStream.of(groups).forEach(group -> value.withArray("multicast").add("01:00:5e:01:00:%02x".formatted(group)));
        return new Operation("put", "/vnics/" + bridge.vnic(vnic) + "/rx-filter", value);
    }
}
