package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A table of the database, whose last column is a checksum of the others.
 *
 * @param columns the first one is what rows are deleted by
 */
record Table(String name, List<String> columns) {
    private static final String CHECKSUM = "checksum";

    Table(String name, String... columns) {
        this(name, List.of(columns));
    }

    /** @param values in the order of the columns */
    record Row(Table table, @Nullable String[] values) {
        String text(String column) {
            return optionalText(column).orElseThrow(() -> new IllegalStateException(column + " is missing"));
        }

        Optional<String> optionalText(String column) {
            return Optional.ofNullable(values[table.columns.indexOf(column)]);
        }

        long number(String column) {
            return Long.parseLong(text(column));
        }

        /** What a person finds the row by. */
        @Override
        public String toString() {
            String key = Objects.toString(values[0], "").replaceAll("\\p{Cntrl}", "?");
            return "table " + table.name + ", row with " + table.columns.get(0) + " '" + key + "'";
        }
    }

    /** All rows, in the order of the table's primary key. */
    List<Row> read(Connection connection) throws SQLException, StoreUnusable {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT " + String.join(", ", columns) + ", " + CHECKSUM + " FROM " + name)) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows;
    }

    private Row row(ResultSet result) throws SQLException, StoreUnusable {
        @Nullable String[] values = new @Nullable String[columns.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = result.getString(index + 1);
        }
        Row row = new Row(this, values);
        String checksum = result.getString(values.length + 1);
        if (checksum != null && !checksum.equals(Long.toString(checksum(values)))) {
            throw new StoreUnusable(row + ": it is not what was written (the checksum differs)");
        }
        return row;
    }

    /** The statements that change this table, for as long as the connection is open. */
    Writer writer(Connection connection) throws SQLException {
        String parameters = "?, ".repeat(columns.size()) + "?";
        return new Writer(
                connection.prepareStatement("INSERT OR REPLACE INTO " + name + " (" + String.join(", ", columns) + ", "
                        + CHECKSUM + ") VALUES (" + parameters + ")"),
                connection.prepareStatement("DELETE FROM " + name + " WHERE " + columns.get(0) + " = ?"));
    }

    record Writer(PreparedStatement replace, PreparedStatement delete) {
        /** @param values in the order of the columns */
        void put(@Nullable Object... values) throws SQLException {
            for (int index = 0; index < values.length; index++) {
                replace.setObject(index + 1, values[index]);
            }
            replace.setLong(values.length + 1, checksum(values));
            replace.executeUpdate();
        }

        void delete(Object key) throws SQLException {
            delete.setObject(1, key);
            delete.executeUpdate();
        }
    }

    private static long checksum(@Nullable Object[] values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(value == null ? "" : value).append('\u001f');
        }
        CRC32C crc = new CRC32C();
        crc.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
