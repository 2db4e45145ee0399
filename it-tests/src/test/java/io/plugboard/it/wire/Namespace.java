package io.plugboard.it.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A network namespace without a name: its devices meet no others, and are gone with the last process in it. Needs root. */
final class Namespace implements AutoCloseable {
    /** Without IPv6 the kernel says nothing by itself when a device comes up. The namespace lives until standard input ends. */
    private static final String KEEP = "ip link set lo up"
            + " && sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 && echo ready && exec cat";

    private final Process keeper;

    private Namespace(Process keeper) {
        this.keeper = keeper;
    }

    static Namespace create() {
        try {
            Process keeper = new ProcessBuilder("unshare", "--net", "sh", "-c", KEEP)
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = keeper.inputReader();
            String first = said.readLine();
            if (!"ready".equals(first)) {
                throw new IllegalStateException("no network namespace: " + first);
            }
            return new Namespace(keeper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The start of a command that runs the rest of it in here. */
    List<String> entering() {
        return List.of("nsenter", "--net=/proc/" + keeper.pid() + "/ns/net");
    }

    /** Starts a program in here. */
    Process start(List<String> command) {
        List<String> whole = new ArrayList<>(entering());
        whole.addAll(command);
        try {
            return new ProcessBuilder(whole)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what these lines say, each what would follow {@code ip} on a command line. */
    void ip(List<String> lines) {
        Process batch = start(List.of("ip", "-batch", "-"));
        try (Writer in = new OutputStreamWriter(batch.getOutputStream(), StandardCharsets.UTF_8)) {
            in.write(String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(batch, "ip " + lines);
    }

    private static void await(Process process, String what) {
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(what + " ended with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + what, e);
        }
    }

    @Override
    public void close() {
        try {
            keeper.outputWriter().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(keeper, "the namespace");
    }
}
