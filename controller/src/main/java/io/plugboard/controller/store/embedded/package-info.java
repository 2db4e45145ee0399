/**
 * The topology in one SQLite file of a data directory. Start at {@link io.plugboard.controller.store.embedded.SqliteStore}.
 *
 * <pre>
 *   topology.db          the facts, a row each: sqlite3 -readonly topology.db .dump
 *   topology.db-wal      what was written last; it belongs to the file above, also in a backup
 *   topology.db-shm      an index of it, made anew when it is missing
 *   topology.revision    the revision that the database must have reached at least
 *   lock                 held by the process that has the directory open; its pid
 * </pre>
 *
 * <p>SQLite takes a write-ahead log up to the first frame that is damaged and a database file that is empty for what they
 * seem to be: {@code topology.revision} is there so that neither passes for the whole. Whoever puts an older database in
 * place on purpose deletes that file.
 *
 * <p>SQLite checks the structure of its pages, but not what is in them: hence a checksum in each row. A row that was mended
 * by hand, while no controller was running, gets the checksum NULL.
 */
@NullMarked
package io.plugboard.controller.store.embedded;

import org.jspecify.annotations.NullMarked;
