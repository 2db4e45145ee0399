package io.plugboard.it;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * The floor: a controller that knows nothing. It sends octets that were encoded beforehand in one go over one connection,
 * a barrier behind them, and waits for that barrier's reply.
 */
public final class RawController implements AutoCloseable {
    private static final OpenFlowMessage BARRIER =
            OpenFlowMessage.header(OpenFlowMessage.BARRIER_REQUEST, Integer.MAX_VALUE);

    private final Socket connection;
    private final InputStream in;
    private final OutputStream out;

    private RawController(Socket connection) throws IOException {
        this.connection = connection;
        connection.setTcpNoDelay(true);
        in = new BufferedInputStream(connection.getInputStream());
        out = connection.getOutputStream();
    }

    /**
     * Listens, has somebody point a switch at the port that it listens on, and greets that switch meanwhile: Open vSwitch
     * waits for a HELLO for one second, and whoever points it there may wait longer.
     */
    public static RawController accept(IntConsumer pointSwitchAt) {
        try (ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> pointed =
                    CompletableFuture.runAsync(() -> pointSwitchAt.accept(listening.getLocalPort()));
            RawController controller = new RawController(listening.accept());
            controller.out.write(
                    OpenFlowMessage.header(OpenFlowMessage.HELLO, 1).bytes());
            controller.awaitReply(OpenFlowMessage.HELLO);
            pointed.join();
            return controller;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These messages with a barrier behind them, ready to be sent. */
    public static byte[] withBarrier(List<OpenFlowMessage> messages) {
        List<OpenFlowMessage> all = new ArrayList<>(messages);
        all.add(BARRIER);
        return OpenFlowMessage.concatenated(all);
    }

    /**
     * From the first octet sent to the barrier's reply, in nanoseconds.
     *
     * @param octets from {@link #withBarrier}
     * @throws IllegalStateException when the switch refuses one of the messages
     */
    public long send(byte[] octets) {
        long start = System.nanoTime();
        try {
            out.write(octets);
            awaitReply(OpenFlowMessage.BARRIER_REPLY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.nanoTime() - start;
    }

    private void awaitReply(int type) throws IOException {
        while (true) {
            OpenFlowMessage message = OpenFlowMessage.read(in)
                    .orElseThrow(() -> new EOFException("the switch has closed the connection"));
            if (message.type() == type) {
                return;
            } else if (message.type() == OpenFlowMessage.ECHO_REQUEST) {
                out.write(message.as(OpenFlowMessage.ECHO_REPLY).bytes());
            } else if (message.type() == OpenFlowMessage.ERROR) {
                throw new IllegalStateException("the switch refused a message: " + message);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
