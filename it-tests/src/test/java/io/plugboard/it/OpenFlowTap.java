package io.plugboard.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between switches and a controller and keeps what the controller says: for counting messages and for saying them
 * again, not for timing. A message is kept before the switch gets it.
 */
public final class OpenFlowTap implements AutoCloseable {
    private final InetSocketAddress controller;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "openflow-tap");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Socket> sockets = new ArrayList<>();
    private List<OpenFlowMessage> kept = new ArrayList<>();

    /** @param controller where switches would connect without it */
    public OpenFlowTap(InetSocketAddress controller) {
        this.controller = controller;
        try {
            listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::acceptAll);
    }

    /** Where switches connect, on this machine. */
    public int port() {
        return listening.getLocalPort();
    }

    /** The flow-mods and group-mods since it was last asked, in their order, those in bundles included. */
    public synchronized List<OpenFlowMessage> takeModifications() {
        List<OpenFlowMessage> taken = kept.stream()
                .map(OpenFlowMessage::carried)
                .filter(OpenFlowMessage::isModification)
                .toList();
        kept = new ArrayList<>();
        return taken;
    }

    private synchronized void keep(OpenFlowMessage message) {
        kept.add(message);
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket fromSwitch = listening.accept();
                Socket toController = new Socket(controller.getAddress(), controller.getPort());
                fromSwitch.setTcpNoDelay(true);
                toController.setTcpNoDelay(true);
                remember(fromSwitch, toController);
                threads.execute(() -> passUp(fromSwitch, toController));
                threads.execute(() -> passDown(toController, fromSwitch));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private synchronized void remember(Socket... both) {
        sockets.addAll(List.of(both));
    }

    private static void passUp(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // The other direction ends too, for both sockets are closed.
        }
    }

    private void passDown(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = new BufferedInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            Optional<OpenFlowMessage> message = OpenFlowMessage.read(in);
            while (message.isPresent()) {
                keep(message.get());
                out.write(message.get().bytes());
                message = OpenFlowMessage.read(in);
            }
        } catch (IOException ended) {
            // As above.
        }
    }

    @Override
    public synchronized void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
