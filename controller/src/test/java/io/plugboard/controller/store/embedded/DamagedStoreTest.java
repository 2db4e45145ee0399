package io.plugboard.controller.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.store.Facts;
import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.change.TopologyChange.BridgePut;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.change.TopologyChange.VnicAttached;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is not what was written is refused, with what is wrong and where, and never taken for an empty one. */
class DamagedStoreTest {
    private static final DatapathId HOST = new DatapathId(0xa1);
    private static final PortGroup WEB = new PortGroup(new PortGroupName("web"), new VlanMode.Access(new VlanId(100)));

    @TempDir
    Path directory;

    /** The files as they are when the process is killed: with a write-ahead log. */
    private Path killed;

    /** The files as a clean end leaves them. */
    private Path closed;

    private Facts stored;

    @BeforeEach
    void storeSomeTransactions() throws Exception {
        closed = directory.resolve("closed");
        killed = directory.resolve("killed");
        try (SqliteStore store = SqliteStore.open(closed)) {
            commit(store, new PortGroupPut(WEB));
            commit(store, new BridgePut(new Bridge(HOST, "host 1", List.of("eth0", "eth1"))));
            for (int index = 0; index < 40; index++) {
                commit(store, new VnicAttached(vnic(index)));
            }
            stored = Facts.of(store.load());
            copy(closed, killed);
        }
    }

    @Test
    void opensWhatIsWhole() throws Exception {
        assertThat(open(closed)).isEqualTo(stored);
        assertThat(open(killed)).isEqualTo(stored);
    }

    @Test
    void refusesWhatIsNoDatabase() throws Exception {
        Files.writeString(closed.resolve("topology.db"), "port group web has VLAN 100\n".repeat(1000));

        assertRefused(closed, "topology.db cannot be read", "not a database");
    }

    @Test
    void refusesADatabaseThatHasGone() throws Exception {
        Files.delete(closed.resolve("topology.db"));

        assertRefused(closed, "topology.db is at revision 0, but 42 was reached once");
    }

    @Test
    void refusesADatabaseOfNoLength() throws Exception {
        Files.write(closed.resolve("topology.db"), new byte[0]);

        assertRefused(closed, "topology.db is at revision 0, but 42 was reached once");
    }

    @Test
    void refusesADatabaseThatEndsEarly() throws Exception {
        Path file = closed.resolve("topology.db");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4096));

        assertRefused(closed, "topology.db");
    }

    @Test
    void refusesADatabaseWhoseWriteAheadLogHasGone() throws Exception {
        Files.delete(killed.resolve("topology.db-wal"));

        assertRefused(killed, "topology.db is at revision 0, but 42 was reached once", "topology.revision");
    }

    @Test
    void takesAnOldCopyOnceTheMarkIsDeleted() throws Exception {
        Files.delete(closed.resolve("topology.revision"));

        assertThat(open(closed)).isEqualTo(stored);
    }

    @Test
    void refusesAMarkThatHoldsNoRevision() throws Exception {
        Files.writeString(closed.resolve("topology.revision"), "x\n");

        assertRefused(closed, "topology.revision is damaged");
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        sql(other, "CREATE TABLE song (title TEXT)");

        assertRefused(other, "topology.db: it is a database, but not one of Plugboard's");
    }

    @Test
    void refusesANewerSchema() throws Exception {
        int newer = Schema.VERSION + 1;
        sql(closed, "PRAGMA user_version = " + newer);

        assertRefused(
                closed,
                "its schema is version " + newer + ", and this Plugboard knows " + Schema.VERSION
                        + ": a newer Plugboard wrote it");
    }

    @Test
    void namesTheRowThatIsNotWhatWasWritten() throws Exception {
        sql(closed, "UPDATE vnic SET mac = '52:54:00:00:00:99' WHERE id = 'web-7'");

        assertRefused(closed, "topology.db: table vnic, row with id 'web-7': it is not what was written");
    }

    @Test
    void takesARowThatWasMendedByHand() throws Exception {
        sql(closed, "UPDATE vnic SET mac = '52:54:00:00:00:99', checksum = NULL WHERE id = 'web-7'");

        assertThat(open(closed).attachments().get(new VnicId("web-7")).vnic().mac())
                .isEqualTo(MacAddress.parse("52:54:00:00:00:99"));
    }

    @Test
    void namesTheValueThatCannotBe() throws Exception {
        sql(closed, "UPDATE vnic SET mac = '53:54:00:00:00:99', checksum = NULL WHERE id = 'web-7'");

        assertRefused(closed, "table vnic, row with id 'web-7': 53:54:00:00:00:99 is a group address");
    }

    @Test
    void refusesRowsThatContradictEachOther() throws Exception {
        sql(closed, "UPDATE vnic SET slot = 3, checksum = NULL WHERE id = 'web-7'");

        assertRefused(closed, "its rows contradict each other: vNIC 'web-7' has slot 3");
    }

    @Test
    void missesARowThatHasGone() throws Exception {
        sql(closed, "DELETE FROM vnic WHERE id = 'web-7'");

        assertRefused(closed, "table meta, row with id '1': it counts 40 vnics, and 39 are there");
    }

    @Test
    void missesAnUplinkThatHasGone() throws Exception {
        sql(closed, "DELETE FROM uplink WHERE name = 'eth1'");

        assertRefused(closed, "row with dpid '00000000000000a1': it counts 2 uplinks, and 1 are there");
    }

    @Test
    void leavesWhatItRefusesAsItWas() throws Exception {
        byte[] log = Files.readAllBytes(killed.resolve("topology.db-wal"));
        log[log.length / 2] ^= 1;
        Files.write(killed.resolve("topology.db-wal"), log);
        byte[] database = Files.readAllBytes(killed.resolve("topology.db"));

        assertRefused(killed, "but 42 was reached once");

        assertThat(killed.resolve("topology.db-wal")).hasBinaryContent(log);
        assertThat(killed.resolve("topology.db")).hasBinaryContent(database);
    }

    @Test
    void neverTakesAFlippedBitForTheTruth() throws Exception {
        Random random = new Random(32);
        for (int round = 0; round < 200; round++) {
            Path damaged = directory.resolve("damaged-" + round);
            copy(round % 2 == 0 ? closed : killed, damaged);
            String name = round % 2 == 0 ? "topology.db" : "topology.db-wal";
            byte[] bytes = Files.readAllBytes(damaged.resolve(name));
            int bit = random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(damaged.resolve(name), bytes);
            try {
                assertThat(open(damaged)).as("bit %d of %s", bit, name).isEqualTo(stored);
            } catch (StoreUnusable refused) {
                assertThat(refused).hasMessageContaining(damaged.toString());
            }
        }
    }

    private void assertRefused(Path store, String... words) {
        assertThatThrownBy(() -> open(store))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining(store.toString())
                .message()
                .doesNotContain("\n");
    }

    private static Facts open(Path store) throws StoreUnusable {
        try (SqliteStore opened = SqliteStore.open(store)) {
            return Facts.of(opened.load());
        }
    }

    private static void commit(TopologyStore store, TopologyChange change) throws Exception {
        Topology.Applied applied = store.load().apply(List.of(change));
        store.commit(List.of(new TopologyStore.Write(applied.topology(), applied.touched())));
    }

    private static Vnic vnic(int index) {
        return new Vnic(
                new VnicId("web-" + index),
                new Place(HOST, new PortRef.ByName("tap" + index)),
                new MacAddress(0x5254_0000_1000L + index),
                WEB.name(),
                Vnic.Source.REST);
    }

    private static void sql(Path store, String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.resolve("topology.db"));
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
