package io.plugboard.agent;

import io.netty.channel.EventLoop;
import io.plugboard.agent.keys.KeyWriter;
import io.plugboard.agent.qmp.Machine;
import io.plugboard.agent.qmp.QmpClient;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The QEMUs that are followed, by their sockets. Its methods may be called from any thread. */
final class Machines implements AutoCloseable {
    private final EventLoop thread;
    private final KeyWriter keys;
    private final Map<Path, QmpClient> clients = new TreeMap<>();
    private final Set<Path> named = new HashSet<>();

    Machines(EventLoop thread, KeyWriter keys) {
        this.thread = thread;
        this.keys = keys;
    }

    /** This one, whether its socket is there or not. */
    void follow(String name, Path socket) {
        thread.execute(() -> {
            Path absolute = socket.toAbsolutePath();
            named.add(absolute);
            clients.computeIfAbsent(absolute, there -> begin(name, there));
        });
    }

    /** These in a directory; and of those that were there before, for as long as they run. */
    void follow(Path directory, Set<Path> sockets) {
        thread.execute(() -> {
            Set<Path> there = sockets.stream().map(Path::toAbsolutePath).collect(Collectors.toSet());
            clients.forEach((socket, client) -> {
                if (directory.toAbsolutePath().equals(socket.getParent())
                        && !there.contains(socket)
                        && !named.contains(socket)) {
                    client.awaitNoLonger(() -> forget(socket));
                }
            });
            there.forEach(socket -> clients.computeIfAbsent(socket, unknown -> begin(nameOf(unknown), unknown))
                    .awaitAgain());
        });
    }

    private QmpClient begin(String name, Path socket) {
        Machine machine = new Machine(name, cards -> keys.report(source(socket), cards));
        QmpClient client = new QmpClient(name, socket, thread, machine);
        client.start();
        return client;
    }

    private void forget(Path socket) {
        clients.remove(socket);
        keys.retire(source(socket));
    }

    private static String source(Path socket) {
        return "QEMU " + socket;
    }

    private static String nameOf(Path socket) {
        String name = String.valueOf(socket.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public void close() {
        thread.execute(() -> clients.values().forEach(QmpClient::close));
    }
}
