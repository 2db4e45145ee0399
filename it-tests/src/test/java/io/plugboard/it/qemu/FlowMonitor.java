package io.plugboard.it.qemu;

import io.plugboard.it.OpenVSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What happens to the flows of a bridge, whoever does it, in order: {@code ovs-ofctl monitor} with {@code watch:}, as ovs-ofctl(8)
 * has it. It ends with the bridge.
 */
final class FlowMonitor implements AutoCloseable {
    /** Of a table that nothing leads to. */
    private static final String MARK = "table=250,cookie=0x6d61726b";
    /** The answer to what it has asked for: it hears of everything that happens from then on. */
    private static final String LISTENING = "FLOW_MONITOR reply";

    private static final String END = "the monitor has ended";

    private final OpenVSwitch ovs;
    private final String bridge;
    private final Process process;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    FlowMonitor(OpenVSwitch ovs, String bridge) {
        this.ovs = ovs;
        this.bridge = bridge;
        Path directory = ovs.databaseSocket().getParent();
        ProcessBuilder monitor = new ProcessBuilder("ovs-ofctl", "--protocols=OpenFlow13", "monitor", bridge, "watch:")
                .redirectErrorStream(true);
        monitor.environment().put("OVS_RUNDIR", directory.toString());
        try {
            process = monitor.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::readAll, "flow-monitor");
        reader.setDaemon(true);
        reader.start();
        awaitListening();
    }

    private void awaitListening() {
        String line = take();
        while (!line.contains(LISTENING)) {
            line = take();
        }
    }

    private void readAll() {
        try {
            process.inputReader().lines().map(String::strip).forEach(told::add);
        } catch (UncheckedIOException closed) {
            // By us.
        }
        told.add(END);
    }

    /** All flows that were removed since it was last asked, until now. */
    List<String> takeRemovals() {
        ovs.ofctl("add-flow", bridge, MARK + ",actions=drop");
        ovs.ofctl("del-flows", bridge, MARK + "/-1");
        List<String> removed = new ArrayList<>();
        for (String line = take(); !isRemoval(line) || !line.contains(MARK.replace(',', ' ')); line = take()) {
            if (isRemoval(line)) {
                removed.add(line);
            }
        }
        return removed;
    }

    private String take() {
        try {
            String line = told.take();
            if (line.equals(END)) {
                throw new AssertionError(END);
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for what the monitor tells", e);
        }
    }

    private static boolean isRemoval(String line) {
        return line.startsWith("event=DELETED");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
