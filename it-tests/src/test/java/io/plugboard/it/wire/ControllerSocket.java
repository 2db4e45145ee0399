package io.plugboard.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to the controller by a file, for a switch in another network namespace. Carries octets, both ways, unseen. While no
 * controller is there the switch is turned away, and comes again.
 */
public final class ControllerSocket implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final InetSocketAddress controller;
    private final ServerSocketChannel listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "controller-socket");
        thread.setDaemon(true);
        return thread;
    });

    public ControllerSocket(Path file, InetSocketAddress controller) {
        this.file = file;
        this.controller = controller;
        try {
            listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::acceptAll);
    }

    private void acceptAll() {
        try {
            while (true) {
                connect(listening.accept());
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void connect(SocketChannel fromSwitch) throws IOException {
        try {
            SocketChannel toController = SocketChannel.open(controller);
            threads.execute(() -> pass(fromSwitch, toController));
            threads.execute(() -> pass(toController, fromSwitch));
        } catch (ConnectException away) {
            fromSwitch.close();
        }
    }

    private static void pass(SocketChannel from, SocketChannel to) {
        ByteBuffer octets = ByteBuffer.allocate(CHUNK);
        try (from;
                to) {
            while (from.read(octets) >= 0) {
                octets.flip();
                while (octets.hasRemaining()) {
                    to.write(octets);
                }
                octets.clear();
            }
        } catch (IOException ended) {
            // The other direction ends too, for both channels are closed.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
