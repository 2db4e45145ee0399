package io.plugboard.it.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.service.SingleWriter;
import io.plugboard.controller.service.StoreUnavailable;
import io.plugboard.controller.store.embedded.SqliteStore;
import io.plugboard.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 2 MB of its own. */
class StoreDiskFullIT {
    private static final int MORE_THAN_FIT = 100_000;

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "plugboard-test", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void refusesWritesWhileTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[1 << 20]);
        Topology last;
        try (SqliteStore store = SqliteStore.open(disk);
                SingleWriter service = new SingleWriter(store, List.of())) {
            int full = writeUntilRefused(service);
            Topology before = service.topology();
            assertThat(Pairs.count(before)).isEqualTo(full);
            assertThatThrownBy(change(service, full)::join).hasCauseInstanceOf(StoreUnavailable.class);
            assertThat(service.topology()).isSameAs(before);

            Files.delete(ballast);
            last = change(service, full).join().topology();
            assertThat(service.topology()).isSameAs(last);
            assertThat(Pairs.count(last)).isEqualTo(full + 1);
        }

        try (SqliteStore store = SqliteStore.open(disk)) {
            assertThat(store.load().revision()).isEqualTo(last.revision());
            assertThat(store.load().attachments()).isEqualTo(last.attachments());
        }
    }

    /** The number of the transaction for which there was no room. */
    private static int writeUntilRefused(SingleWriter service) {
        for (int number = 0; number < MORE_THAN_FIT; number++) {
            try {
                change(service, number).join();
            } catch (CompletionException refused) {
                assertThat(refused).hasCauseInstanceOf(StoreUnavailable.class);
                assertThat(refused).hasMessageContaining("topology.db cannot be written");
                return number;
            }
        }
        throw new AssertionError(MORE_THAN_FIT + " transactions fit");
    }

    private static CompletableFuture<Topology.Applied> change(SingleWriter service, int number) {
        return service.change("test", current -> Pairs.transaction(number)).toCompletableFuture();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
