package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one attach costs does not grow with the number of vNICs that are there. */
@Timeout(300)
class ScaleIT {
    private static final int FEW = 100;
    private static final int MANY = 5_000;
    private static final double MOST_GROWTH = 1.2;

    /** So many attaches before one that is looked at are made one by one, so that it meets warm code. */
    private static final int APPROACH = 50;

    /** @param allocatedBytes by all threads of the controller, REST's and the store's among them */
    private record Cost(int messages, int bytes, long allocatedBytes) {}

    @Test
    void attachCostsTheSameBesideFewVnicsAndBesideMany() {
        try (OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
                Plugboard plugboard = Plugboard.start();
                OpenFlowTap tap = new OpenFlowTap(plugboard.openFlow())) {
            DummyBridge bridge = DummyBridge.create(ovs, "br", 0xa1, MANY + 1);
            RestClient rest = plugboard.rest();
            rest.apply(bridge.put(bridge.port(MANY + 1)));
            bridge.connectTo(tap.port());
            rest.putUntilSettled(bridge.attach(1));

            Cost few = costOfAttaching(FEW, 2, rest, bridge, tap);
            Cost many = costOfAttaching(MANY, FEW + 1, rest, bridge, tap);

            print(FEW, few);
            print(MANY, many);
            assertThat(many.messages).isEqualTo(few.messages);
            assertThat(many.bytes).isLessThanOrEqualTo((int) (MOST_GROWTH * few.bytes));
        }
    }

    private static void print(int number, Cost cost) {
        System.out.printf(
                "attach number %,d: %d messages, %,d bytes on the wire, %,d bytes allocated%n",
                number, cost.messages, cost.bytes, cost.allocatedBytes);
    }

    /** @param first the first of those before it that are not attached yet */
    private static Cost costOfAttaching(int number, int first, RestClient rest, DummyBridge bridge, OpenFlowTap tap) {
        rest.apply(bridge.attach(first, number - APPROACH));
        for (int before = number - APPROACH; before < number; before++) {
            rest.putUntilSettled(bridge.attach(before));
        }
        tap.takeModifications();
        Map<Long, Long> before = allocatedByThread();
        rest.putUntilSettled(bridge.attach(number));
        long allocated = allocatedByThread().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .sum();
        List<OpenFlowMessage> said = tap.takeModifications();
        int bytes = said.stream().mapToInt(OpenFlowMessage::length).sum();
        return new Cost(said.size(), bytes, allocated);
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
