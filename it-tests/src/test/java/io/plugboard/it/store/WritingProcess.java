package io.plugboard.it.store;

import io.plugboard.controller.service.SingleWriter;
import io.plugboard.controller.store.embedded.SqliteStore;
import io.plugboard.topology.Topology;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A process that writes {@link Pairs} to a store as fast as it can, going on from what is there, and prints the number of
 * each transaction once it is acknowledged.
 */
final class WritingProcess implements AutoCloseable {
    private static final int UNDER_WAY = 64;

    private final Process process;
    private final BufferedReader output;

    private WritingProcess(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static WritingProcess start(Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new WritingProcess(
                new ProcessBuilder(java, "-cp", classPath, WritingProcess.class.getName(), directory.toString())
                        .redirectError(new File("/dev/null"))
                        .start());
    }

    long pid() {
        return process.pid();
    }

    /** The number of the next transaction that was acknowledged; empty when the process has ended. */
    Optional<Integer> awaitAcknowledgement() throws IOException {
        return Optional.ofNullable(output.readLine()).map(Integer::valueOf);
    }

    /** SIGKILL; what it has acknowledged till then can still be read. */
    void kill() throws InterruptedException {
        // Not by the process itself: that would close its output too.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
        SingleWriter service = new SingleWriter(store, List.of());
        Semaphore room = new Semaphore(UNDER_WAY);
        Topology start = store.load();
        for (int next = Pairs.count(start); ; next++) {
            room.acquire();
            int number = next;
            service.change("test", current -> Pairs.transaction(number)).whenComplete((applied, failure) -> {
                if (failure != null) {
                    Runtime.getRuntime().halt(1);
                }
                System.out.println(number);
                room.release();
            });
        }
    }
}
