package io.plugboard.it.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * The far ends of the cables that are plugged into bridges: frames are sent into them, and what comes out of them is kept.
 *
 * <p>When all of a frame's copies are there, nobody tells. Open vSwitch has one thread poll the ports of all bridges in turn,
 * and it forwards what it finds before it goes on. So a marker that goes through a bridge of its own, some times one after
 * the other, has seen every other port polled as often less one, and a frame takes one poll for each bridge on its way. Between
 * that thread and us the kernel hands on what was sent {@link #onOneCpu} in its order, and on several in any.
 */
final class Cables implements AutoCloseable {
    /** More than the bridges that a frame passes: a host, the physical switch, a host; and the reading of the last end. */
    private static final int ROUNDS = 8;

    private static final Path PROGRAM = Path.of("../mininet/wire.py");
    private static final String ENDED = "";
    /** EtherType 0x88b5 is for local experiments (IEEE 802, 9.2.4). */
    private static final String MARKER = "ffffffffffff02000000000188b5";

    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final String markerEntry;
    private final String markerExit;
    private long markers;

    /** What came out of an end. */
    record Arrival(String end, byte[] frame) {}

    /**
     * @param ends the names of their devices
     * @param markerEntry an end from which a bridge leads everything to the other one, the exit
     */
    Cables(Namespace namespace, Collection<String> ends, String markerEntry, String markerExit) {
        this.markerEntry = markerEntry;
        this.markerExit = markerExit;
        List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString()));
        command.addAll(ends);
        process = namespace.start(onOneCpu(command));
        in = process.outputWriter();
        Thread reader = new Thread(this::readAll, "cables");
        reader.setDaemon(true);
        reader.start();
        String first = next();
        if (!first.equals("ready")) {
            throw new IllegalStateException("no raw frames: " + first);
        }
    }

    /** @param command that runs there as it is */
    static List<String> onOneCpu(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("taskset", "--cpu-list", firstCpu()));
        whole.addAll(command);
        return whole;
    }

    /** The first one that we may use (proc(5), Cpus_allowed_list). */
    private static String firstCpu() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.split("[:,-]")[1].strip())
                    .findAny()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAll() {
        BufferedReader out = process.inputReader();
        out.lines().forEach(lines::add);
        lines.add(ENDED);
    }

    private String next() {
        try {
            String line = lines.take();
            if (line.equals(ENDED)) {
                throw new IllegalStateException("wire.py has ended with " + process.waitFor());
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a frame", e);
        }
    }

    void send(String end, byte[] frame) {
        try {
            in.write(end + " " + HexFormat.of().formatHex(frame) + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that came out since it was last asked, when nothing more is on its way. */
    List<Arrival> takeArrivals() {
        List<Arrival> arrivals = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String marker = MARKER + String.format("%092x", ++markers);
            send(markerEntry, HexFormat.of().parseHex(marker));
            String awaited = markerExit + " " + marker;
            for (String line = next(); !line.equals(awaited); line = next()) {
                String[] words = line.split(" ");
                arrivals.add(new Arrival(words[0], HexFormat.of().parseHex(words[1])));
            }
        }
        return arrivals;
    }

    @Override
    public void close() {
        try {
            in.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
