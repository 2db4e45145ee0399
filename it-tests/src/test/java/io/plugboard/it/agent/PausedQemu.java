package io.plugboard.it.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plugboard.it.Meeting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A QEMU without a guest. It has two monitors: the agent's, and one by which the test commands it. */
final class PausedQemu implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final SocketChannel control;
    private final BufferedReader lines;

    private PausedQemu(Process process, SocketChannel control) {
        this.process = process;
        this.control = control;
        lines = new BufferedReader(Channels.newReader(control, StandardCharsets.UTF_8));
        execute("qmp_capabilities");
    }

    /**
     * @param directory of the sockets that the test has for itself
     * @param monitor the agent's
     * @param cards their options
     */
    static PausedQemu start(Path directory, Path monitor, String... cards) {
        Path socket = directory.resolve(monitor.getFileName() + ".control");
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-S", "-nodefaults", "-no-user-config"));
        command.addAll(List.of("-machine", "q35", "-display", "none", "-m", "32"));
        command.addAll(List.of("-qmp", "unix:" + monitor + ",server=on,wait=off"));
        command.addAll(List.of("-qmp", "unix:" + socket));
        command.addAll(List.of(cards));
        try (Meeting meeting = new Meeting(socket)) {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return new PausedQemu(process, meeting.await(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A card with a tap that QEMU makes itself. */
    static String[] tap(String tap, String id, String mac) {
        return new String[] {
            "-netdev", "tap,id=host-" + id + ",ifname=" + tap + ",script=no,downscript=no",
            "-device", "virtio-net-pci,netdev=host-" + id + ",id=" + id + ",mac=" + mac
        };
    }

    /** A card whose other end has no name that QEMU knows, as that of a tap that libvirt opens for it. */
    static String[] nameless(String id, String mac) {
        return new String[] {
            "-netdev", "user,id=host-" + id, "-device", "virtio-net-pci,netdev=host-" + id + ",id=" + id + ",mac=" + mac
        };
    }

    /** Returns when it has answered. */
    void execute(String command) {
        try {
            Channels.newOutputStream(control)
                    .write(("{\"execute\": \"" + command + "\"}\n").getBytes(StandardCharsets.UTF_8));
            JsonNode message;
            do {
                message = JSON.readTree(lines.readLine());
            } while (message.has("event") || message.has("QMP"));
            if (!message.has("return")) {
                throw new AssertionError(command + ": " + message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}: its sockets stay where they are. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            control.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
