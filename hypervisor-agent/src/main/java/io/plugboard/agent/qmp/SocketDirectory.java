package io.plugboard.agent.qmp;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which sockets there are in a directory, at first and whenever something in it has changed. */
public final class SocketDirectory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SocketDirectory.class);

    /** Of st_mode (inode(7)). */
    private static final int FILE_TYPE = 0170000;

    private static final int SOCKET = 0140000;

    private final Path directory;
    private final Consumer<Set<Path>> sockets;
    private final WatchService watch;

    private SocketDirectory(Path directory, Consumer<Set<Path>> sockets, WatchService watch) {
        this.directory = directory;
        this.sockets = sockets;
        this.watch = watch;
    }

    /**
     * @param sockets is told of them on a thread of its own
     * @throws IOException when the directory cannot be watched; the message names it
     */
    public static SocketDirectory watch(Path directory, Consumer<Set<Path>> sockets) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory");
        }
        WatchService service = directory.getFileSystem().newWatchService();
        directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        SocketDirectory watching = new SocketDirectory(directory, sockets, service);
        Thread thread = new Thread(watching::watchOn, "qmp-directory");
        thread.setDaemon(true);
        thread.start();
        return watching;
    }

    private void watchOn() {
        try {
            while (true) {
                sockets.accept(list());
                WatchKey key = watch.take();
                key.pollEvents();
                if (!key.reset()) {
                    log.warn("{} is gone: no further QEMU is found there", directory);
                    sockets.accept(Set.of());
                    return;
                }
            }
        } catch (ClosedWatchServiceException closed) {
            log.debug("{} is watched no more", directory);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Path> list() {
        try (Stream<Path> entries = Files.list(directory)) {
            Set<Path> found = new TreeSet<>();
            entries.filter(SocketDirectory::isSocket).forEach(found::add);
            return found;
        } catch (IOException failed) {
            log.warn("{} cannot be read: {}", directory, failed.getMessage());
            return Set.of();
        }
    }

    private static boolean isSocket(Path path) {
        try {
            return ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == SOCKET;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException failed) {
            log.warn("{}: {}", directory, failed.getMessage());
        }
    }
}
