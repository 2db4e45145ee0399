package io.plugboard.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** One step of a transaction on Open vSwitch's database (RFC 7047, section 5.2). Values are in the notation of section 5.1. */
public sealed interface Operation {

    /** A new row; {@code name} is how other operations of the transaction call it, {@code ["named-uuid", name]}. */
    record Insert(String table, String name, Map<String, JsonNode> columns) implements Operation {
        public Insert {
            Objects.requireNonNull(table);
            Objects.requireNonNull(name);
            columns = Map.copyOf(columns);
        }
    }

    /** These columns of a row have these values. */
    record Update(String table, UUID row, Map<String, JsonNode> columns) implements Operation {
        public Update {
            Objects.requireNonNull(table);
            Objects.requireNonNull(row);
            columns = Map.copyOf(columns);
        }
    }

    /** Keys of a column that is a map of strings, such as external_ids: its other keys stay as they are. */
    record PutKeys(String table, UUID row, String column, Map<String, String> put, Set<String> remove)
            implements Operation {
        public PutKeys {
            Objects.requireNonNull(table);
            Objects.requireNonNull(row);
            Objects.requireNonNull(column);
            put = Map.copyOf(put);
            remove = Set.copyOf(remove);
        }
    }

    /** A further reference in a column that is a set of them, such as a bridge's controllers. */
    record AddReference(String table, UUID row, String column, String insertedName) implements Operation {
        public AddReference {
            Objects.requireNonNull(table);
            Objects.requireNonNull(row);
            Objects.requireNonNull(column);
            Objects.requireNonNull(insertedName);
        }
    }

    /** Words for the log of the database. */
    record Comment(String text) implements Operation {
        public Comment {
            Objects.requireNonNull(text);
        }
    }
}
