package io.plugboard.it.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.controller.store.embedded.SqliteStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dstore.kills=200} makes more rounds of it. */
class StoreKillIT {
    private static final int ROUNDS = Integer.getInteger("store.kills", 20);
    private static final int MOST_BEFORE_THE_KILL = 1000;

    @TempDir
    Path directory;

    @Test
    void keepsEveryAcknowledgedWriteAndNoHalfOneWhenKilled() throws Exception {
        Random random = new Random(9);
        for (int round = 0; round < ROUNDS; round++) {
            int acknowledged = writeUntilKilled(1 + random.nextInt(MOST_BEFORE_THE_KILL));
            try (SqliteStore store = SqliteStore.open(directory)) {
                assertThat(Pairs.count(store.load())).as("round %d", round).isGreaterThan(acknowledged);
            }
        }
    }

    /** The last number that was acknowledged; those before it were too. */
    private int writeUntilKilled(int transactions) throws Exception {
        int last = -1;
        try (WritingProcess process = WritingProcess.start(directory)) {
            for (int count = 0; count < transactions; count++) {
                last = process.awaitAcknowledgement().orElseThrow();
            }
            process.kill();
            Optional<Integer> further = process.awaitAcknowledgement();
            while (further.isPresent()) {
                last = further.get();
                further = process.awaitAcknowledgement();
            }
            return last;
        }
    }

    @Test
    void refusesTheDirectoryOfAnotherProcessAndNamesIt() throws Exception {
        try (WritingProcess process = WritingProcess.start(directory)) {
            assertThat(process.awaitAcknowledgement()).isPresent();

            assertThatThrownBy(() -> SqliteStore.open(directory))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessage("data directory " + directory + " is in use by process " + process.pid()
                            + ", which holds " + directory.resolve("lock"));

            assertThat(process.awaitAcknowledgement()).isPresent();
            process.kill();
            SqliteStore.open(directory).close();
        }
    }
}
