package io.plugboard.it.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sockets that take connections and never say a word. */
final class SilentMonitors implements AutoCloseable {
    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private final List<SocketChannel> clients = new ArrayList<>();

    private SilentMonitors() {}

    static SilentMonitors in(Path directory, int count) throws IOException {
        SilentMonitors silent = new SilentMonitors();
        for (int monitor = 0; monitor < count; monitor++) {
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(directory.resolve("silent-" + monitor + ".sock")));
            silent.servers.add(server);
        }
        return silent;
    }

    /** Waits until each has a client. */
    void awaitClients() throws IOException {
        for (ServerSocketChannel server : servers) {
            clients.add(server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        for (ServerSocketChannel server : servers) {
            server.close();
        }
    }
}
