package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one attach costs does not grow with the number of vNICs that are there. */
@ExtendWith(LargeBridge.Shared.class)
@Timeout(600)
class ScaleIT {
    private static final int FEW = 100;
    private static final int MANY = LargeBridge.VNICS;
    private static final double MOST_GROWTH = 1.2;

    /** As many as a link of a flood group holds: in so many attaches each bucket of a link, and the root once, is touched. */
    private static final int LINK = 64;

    /** Attaches one by one before those that are looked at, so that they meet warm code. */
    private static final int WARM_UP = 20;

    /**
     * Of one attach, or the mean of several.
     *
     * @param allocated bytes by all threads of the controller, REST's and the store's among them
     */
    private record Cost(double messages, double bytes, double allocated) {
        static Cost mean(List<Cost> costs) {
            return new Cost(
                    costs.stream().mapToDouble(Cost::messages).average().orElseThrow(),
                    costs.stream().mapToDouble(Cost::bytes).average().orElseThrow(),
                    costs.stream().mapToDouble(Cost::allocated).average().orElseThrow());
        }

        void print(String what) {
            System.out.printf(
                    "%s: %.2f messages, %,.0f bytes on the wire, %,.0f bytes allocated%n",
                    what, messages, bytes, allocated);
        }
    }

    @Test
    void attachCostsTheSameBesideFewVnicsAndBesideMany(LargeBridge large) {
        try (Plugboard plugboard = Plugboard.start();
                OpenFlowTap tap = new OpenFlowTap(plugboard.openFlow())) {
            DummyBridge bridge = large.bridge();
            RestClient rest = plugboard.rest();
            rest.apply(bridge.put(bridge.port(LargeBridge.UPLINK)));
            bridge.connectTo(tap.port());
            rest.putUntilSettled(bridge.attach(1));

            Cost few = costOfAttaching(FEW, 2, rest, bridge, tap);
            Cost many = costOfAttaching(MANY, FEW + 1, rest, bridge, tap);

            assertThat(many.messages).isLessThanOrEqualTo(MOST_GROWTH * few.messages);
            assertThat(many.bytes).isLessThanOrEqualTo(MOST_GROWTH * few.bytes);
        }
    }

    /**
     * The mean of the attaches up to this number.
     *
     * @param first the first that is not attached yet
     */
    private static Cost costOfAttaching(int number, int first, RestClient rest, DummyBridge bridge, OpenFlowTap tap) {
        int firstLookedAt = number - LINK + 1;
        int firstOfWarmUp = firstLookedAt - WARM_UP;
        rest.apply(bridge.attach(first, firstOfWarmUp - 1));
        for (int warmUp = firstOfWarmUp; warmUp < firstLookedAt; warmUp++) {
            rest.putUntilSettled(bridge.attach(warmUp));
        }
        List<Cost> costs = new ArrayList<>();
        for (int lookedAt = firstLookedAt; lookedAt <= number; lookedAt++) {
            costs.add(costOfAttaching(bridge.attach(lookedAt), rest, tap));
        }
        costs.get(LINK - 1).print(String.format("attach number %,d", number));
        Cost mean = Cost.mean(costs);
        mean.print(String.format("mean of attaches number %,d to %,d", firstLookedAt, number));
        return mean;
    }

    private static Cost costOfAttaching(Operation vnic, RestClient rest, OpenFlowTap tap) {
        tap.takeModifications();
        Map<Long, Long> before = allocatedByThread();
        rest.putUntilSettled(vnic);
        long allocated = allocatedByThread().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .sum();
        List<OpenFlowMessage> said = tap.takeModifications();
        return new Cost(
                said.size(), said.stream().mapToInt(OpenFlowMessage::length).sum(), allocated);
    }

    /** By all threads that are not the test's own. */
    private static Map<Long, Long> allocatedByThread() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        Map<Long, Long> allocated = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && !isOfTheTest(thread)) {
                allocated.put(thread.getThreadId(), threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return allocated;
    }

    private static boolean isOfTheTest(ThreadInfo thread) {
        String name = thread.getThreadName();
        return thread.getThreadId() == Thread.currentThread().getId()
                || name.startsWith("openflow-tap")
                || name.startsWith("HttpClient");
    }
}
