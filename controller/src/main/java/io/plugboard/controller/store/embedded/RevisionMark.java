package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A revision that the database is known to have reached, beside it in a file. It is raised after each commit without
 * waiting for the disk, so it may lag behind, and is never ahead of a database that has kept everything.
 */
final class RevisionMark implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionMark.class);

    private final Path file;
    private final FileChannel channel;

    private RevisionMark(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the file, makes it if there is none, and sees to it that it is on disk.
     *
     * @param revision what the database is at
     * @throws StoreUnusable when the database was further once
     */
    static RevisionMark open(Path file, Path database, long revision) throws StoreUnusable {
        try {
            long mark = Files.exists(file) ? read(file) : 0;
            if (revision < mark) {
                throw new StoreUnusable(database + " is at revision " + revision + ", but " + mark
                        + " was reached once: what is missing was lost, or this is an old copy (to go on from it, delete "
                        + file + ")");
            }
            RevisionMark opened =
                    new RevisionMark(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            opened.write(revision);
            opened.channel.force(true);
            return opened;
        } catch (IOException failed) {
            throw new StoreUnusable(file + " cannot be opened: " + failed, failed);
        }
    }

    private static long read(Path file) throws IOException, StoreUnusable {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            throw new StoreUnusable(
                    file + " is damaged: it holds no revision (to trust the database as it is, delete it)", damaged);
        }
    }

    void raise(long revision) {
        try {
            write(revision);
        } catch (IOException failed) {
            LOG.warn("{} stays behind revision {}, which is stored", file, revision, failed);
        }
    }

    private void write(long revision) throws IOException {
        // Always the same length, so that one write replaces the whole.
        channel.write(StandardCharsets.US_ASCII.encode(String.format("%019d\n", revision)), 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // What was written stays written; there is nothing to be done.
        }
    }
}
