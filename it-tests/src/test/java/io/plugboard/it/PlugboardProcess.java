package io.plugboard.it;

import io.plugboard.controller.config.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A controller in a JVM of its own, for killing it. Started again, it is where it was: the same ports, the same store. */
public final class PlugboardProcess implements AutoCloseable {
    private final Path data;
    private final InetSocketAddress openFlow;
    private final InetSocketAddress rest;
    private final InetSocketAddress ovsdb;
    private Process process;

    /** @param data the store's directory, which may be empty */
    public PlugboardProcess(Path data) {
        this.data = data;
        // All at once, or one could be another's that is free again.
        try (ServerSocket one = unused();
                ServerSocket two = unused();
                ServerSocket three = unused()) {
            openFlow = address(one);
            rest = address(two);
            ovsdb = address(three);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = serve();
    }

    /** What runs {@code bin/plugboard} with these arguments in a JVM of its own, from the classes under test. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process serve() {
        List<String> command = command(
                "serve",
                "--data",
                data.toString(),
                "--listen-openflow",
                text(openFlow),
                "--listen-rest",
                text(rest),
                "--listen-ovsdb",
                text(ovsdb));
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            awaitListening(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log says so when switches and clients are served. All of it is read, so that it never waits to be. */
    private static void awaitListening(Process started) {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            StringBuilder all = new StringBuilder();
            started.inputReader().lines().forEach(line -> {
                all.append(line).append('\n');
                if (line.contains("switches connect to")) {
                    listening.complete(null);
                }
            });
            listening.completeExceptionally(new AssertionError("the controller ended:\n" + all));
        });
        reader.setDaemon(true);
        reader.start();
        RestClient.await(listening);
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** After {@link #kill}. */
    public void startAgain() {
        process = serve();
    }

    public InetSocketAddress openFlow() {
        return openFlow;
    }

    public InetSocketAddress ovsdb() {
        return ovsdb;
    }

    public RestClient rest() {
        return new RestClient(rest);
    }

    @Override
    public void close() {
        kill();
    }

    private static ServerSocket unused() throws IOException {
        return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket unused) {
        return new InetSocketAddress(unused.getInetAddress(), unused.getLocalPort());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
