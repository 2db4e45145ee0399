package io.plugboard.controller.store.embedded;

import io.plugboard.controller.store.StoreUnusable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** The values of one row by column. */
    record Row(Table table, Map<String, @Nullable String> values) {
        String text(String column) {
            return optionalText(column).orElseThrow(() -> new IllegalStateException(column + " is missing"));
        }

        Optional<String> optionalText(String column) {
            return Optional.ofNullable(values.get(column));
        }

        long number(String column) {
            return Long.parseLong(text(column));
        }

        /** What a person finds the row by. */
        @Override
        public String toString() {
            String key = table.columns.get(0);
            return "table " + table.name + ", row with " + key + " '" + values.get(key) + "'";
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
        Map<String, @Nullable String> values = new HashMap<>();
        @Nullable Object[] inOrder = new @Nullable Object[columns.size()];
        for (int index = 0; index < inOrder.length; index++) {
            String value = result.getString(index + 1);
            inOrder[index] = value;
            values.put(columns.get(index), value);
        }
        Row row = new Row(this, Collections.unmodifiableMap(values));
        String checksum = result.getString(CHECKSUM);
        if (checksum != null && !checksum.equals(Long.toString(checksum(inOrder)))) {
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
        String text =
                Arrays.stream(values).map(value -> Objects.toString(value, "")).collect(Collectors.joining("\u001f"));
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
