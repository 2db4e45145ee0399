package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The topology in a SQLite file (write-ahead log, synchronous=FULL: a commit is one fsync). All transactions of one
 * {@link #commit} are one of SQLite's. The file may be read by others at any time, and is written by nobody else.
 */
public final class SqliteStore implements TopologyStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    private final Path file;
    private final DirectoryLock lock;
    private final RevisionMark mark;
    private final Connection connection;
    private final TopologyTables.Writer writer;
    private volatile Topology stored;
    private volatile Map<DatapathId, Long> announced;

    private SqliteStore(
            Path file,
            DirectoryLock lock,
            RevisionMark mark,
            Connection connection,
            TopologyTables.Writer writer,
            Content content) {
        this.file = file;
        this.lock = lock;
        this.mark = mark;
        this.connection = connection;
        this.writer = writer;
        stored = content.topology();
        announced = content.announced();
    }

    private record Content(Topology topology, Map<DatapathId, Long> announced) {
        static final Content NONE = new Content(Topology.EMPTY, Map.of());
    }

    /**
     * Opens the store of a data directory, after reading all of it; makes the directory and an empty store where nothing
     * was stored yet.
     *
     * @throws StoreUnusable when another process has it open, or it is damaged, or of a newer Plugboard, or has lost
     *     something; it is left as it was found then
     */
    public static SqliteStore open(Path directory) throws StoreUnusable {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new StoreUnusable("data directory " + directory + " cannot be made: " + failed, failed);
        }
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            return open(directory, lock);
        } catch (StoreUnusable | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    private static SqliteStore open(Path directory, DirectoryLock lock) throws StoreUnusable {
        Path file = directory.resolve("topology.db");
        Content content = Files.exists(file) ? inspect(file) : Content.NONE;
        RevisionMark mark = RevisionMark.open(
                directory.resolve("topology.revision"), file, content.topology().revision());
        try {
            Connection connection = connect(file);
            try {
                if (Schema.isMissing(connection)) {
                    execute(connection, "BEGIN IMMEDIATE");
                    Schema.create(connection);
                    new TopologyTables.Writer(connection).write(content.topology(), Touched.NOTHING);
                    execute(connection, "COMMIT");
                }
                TopologyTables.Writer writer = new TopologyTables.Writer(connection);
                return new SqliteStore(file, lock, mark, connection, writer, content);
            } catch (SQLException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            mark.close();
            throw new StoreUnusable(file + " cannot be opened for writing: " + failed.getMessage(), failed);
        }
    }

    /** Reads everything through a connection that cannot write: closing another would tidy away the write-ahead log. */
    private static Content inspect(Path file) throws StoreUnusable {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection(url(file))) {
            if (Schema.isMissing(connection)) {
                return Content.NONE;
            }
            Schema.check(connection);
            return new Content(TopologyTables.read(connection), Map.copyOf(TopologyTables.announced(connection)));
        } catch (StoreUnusable unusable) {
            throw new StoreUnusable(file + ": " + unusable.getMessage(), unusable);
        } catch (SQLException failed) {
            throw new StoreUnusable(file + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Connection connection = config.createConnection(url(file));
        try (Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
            if (!"wal".equals(mode.getString(1))) {
                throw new SQLException("this file system has no room for a write-ahead log beside it");
            }
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** As a URI, so that no character of the path means anything to the driver. */
    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toUri();
    }

    @Override
    public Topology load() {
        return stored;
    }

    @Override
    public void commit(List<Write> writes) throws IOException {
        if (writes.isEmpty()) {
            return;
        }
        Topology after = writes.get(writes.size() - 1).after();
        inOneTransaction(() -> writer.write(after, allTouched(writes)));
        stored = after;
        mark.raise(after.revision());
    }

    @Override
    public Map<DatapathId, Long> announced() {
        return announced;
    }

    @Override
    public void announced(Map<DatapathId, Long> revisions) throws IOException {
        inOneTransaction(() -> writer.write(revisions));
        Map<DatapathId, Long> all = new TreeMap<>(announced);
        all.putAll(revisions);
        announced = Map.copyOf(all);
    }

    private interface Statements {
        void execute() throws SQLException;
    }

    private void inOneTransaction(Statements statements) throws IOException {
        boolean committed = false;
        try {
            execute(connection, "BEGIN IMMEDIATE");
            statements.execute();
            execute(connection, "COMMIT");
            committed = true;
        } catch (SQLException failed) {
            throw new IOException(file + " cannot be written: " + failed.getMessage(), failed);
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    private static Touched allTouched(List<Write> writes) {
        return writes.stream().map(Write::touched).reduce(Touched.NOTHING, Touched::and);
    }

    /**
     * Transactions are begun and ended in SQL: the driver's own begin the next one together with the commit, and lose step
     * with SQLite when it rolls back by itself.
     */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollBack() {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            LOG.debug("{} had rolled back by itself", file, alreadyRolledBack);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            LOG.warn("{} was not closed properly; what is in it is safe", file, failed);
        }
        mark.close();
        lock.close();
    }
}
