package io.plugboard.it.qemu;

import io.plugboard.it.PlugboardProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The agent of a host in a JVM of its own, for killing it. */
final class AgentProcess implements AutoCloseable {
    private final QemuHost host;
    private Process process;

    AgentProcess(QemuHost host) {
        this.host = host;
        process = run();
    }

    private Process run() {
        List<String> command = PlugboardProcess.command(
                "agent",
                "--qmp-dir",
                host.qmpDirectory().toString(),
                "--ovsdb",
                "unix:" + host.ovs().databaseSocket());
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}; returns when it is gone. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** After {@link #kill}; it follows the guests some time later. */
    void startAgain() {
        process = run();
    }

    @Override
    public void close() {
        kill();
    }
}
