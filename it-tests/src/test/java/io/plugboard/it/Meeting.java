package io.plugboard.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A socket that QEMU connects to when it starts: it need not be asked over and over whether it is there yet. */
public final class Meeting implements AutoCloseable {
    private final Path file;
    private final ServerSocketChannel listening;
    private boolean isOver;

    public Meeting(Path file) {
        this.file = file;
        try {
            listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other side, when it has come; nobody else is let in then. */
    public SocketChannel await(Process coming) {
        coming.onExit().thenRun(this::close);
        try {
            return listening.accept();
        } catch (AsynchronousCloseException e) {
            throw new IllegalStateException("ended with " + coming.exitValue() + " before it came to " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close();
        }
    }

    /** Once only: when the process ends that had come, another one may be waited for in the same place. */
    @Override
    public synchronized void close() {
        if (isOver) {
            return;
        }
        isOver = true;
        try {
            listening.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
