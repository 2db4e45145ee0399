package io.plugboard.controller.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.frame.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptureRingTest {
    private final CaptureRing ring = new CaptureRing();

    private static CapturedFrame frame(int number) {
        return new CapturedFrame(Instant.EPOCH, "eth0", Octets.parse("01020304"), Integer.toString(number));
    }

    @Test
    void keepsTheLastFrames() {
        IntStream.range(0, CaptureRing.CAPACITY + 5).forEach(number -> ring.add(frame(number)));

        assertThat(ring.frames())
                .hasSize(CaptureRing.CAPACITY)
                .startsWith(frame(5))
                .endsWith(frame(10_004));
    }

    @Test
    void aListingStaysAsItWas() {
        ring.add(frame(1));
        List<CapturedFrame> before = ring.frames();

        ring.add(frame(2));

        assertThat(before).containsExactly(frame(1));
    }

    @Test
    void writesWhatItKeepsAsAFile() throws IOException {
        ring.add(frame(1));
        ring.add(frame(2));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ring.writeTo(out);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Pcapng file = Pcapng.begin(
                expected,
                new Pcapng.Section(
                        "OpenFlow 1.3 switches",
                        "Plugboard",
                        "What the controller sent, its last 10000 frames at most"));
        file.write(frame(1));
        file.write(frame(2));
        assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void losesNothingThatSeveralThreadsAddWhileOthersRead() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> adding = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = 1000 * thread;
                adding.add(threads.submit(() -> IntStream.range(first, first + 1000)
                        .forEach(number -> {
                            ring.add(frame(number));
                            assertThat(ring.frames()).contains(frame(number));
                        })));
            }
            for (Future<?> added : adding) {
                added.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(ring.frames())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 4000)
                        .mapToObj(CaptureRingTest::frame)
                        .toList());
    }
}
