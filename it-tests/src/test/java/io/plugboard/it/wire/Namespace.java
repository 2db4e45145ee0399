package io.plugboard.it.wire;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A network namespace without a name: its devices meet no others, and are gone with the last process in it. Needs root. */
public final class Namespace implements AutoCloseable {
    /** Without IPv6 the kernel says nothing by itself when a device comes up. */
    static final List<String> WITHOUT_IPV6 =
            List.of("net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");

    /** The namespace lives until standard input ends. */
    private static final String KEEP = "ip link set lo up && sysctl -qw \"$@\" && echo ready && exec cat";

    private final Process keeper;

    private Namespace(Process keeper) {
        this.keeper = keeper;
    }

    public static Namespace create() {
        return create(WITHOUT_IPV6);
    }

    /** @param settings of its kernel, as sysctl takes them; one at least */
    static Namespace create(List<String> settings) {
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", KEEP, "sh"));
        command.addAll(settings);
        try {
            Process keeper =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            awaitReady(keeper);
            return new Namespace(keeper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program's first line says so. */
    static void awaitReady(Process started) {
        try {
            String first = started.inputReader().readLine();
            if (!"ready".equals(first)) {
                throw new IllegalStateException(started.info().commandLine() + " said " + first);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a process in here. */
    public long pid() {
        return keeper.pid();
    }

    /** The start of a command that runs the rest of it in here. */
    public List<String> entering() {
        return List.of("nsenter", "--net=/proc/" + pid() + "/ns/net");
    }

    /** Starts a program in here. */
    public Process start(List<String> command) {
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
    public void ip(List<String> lines) {
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
