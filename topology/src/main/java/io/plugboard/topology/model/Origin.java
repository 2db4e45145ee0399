package io.plugboard.topology.model;

import java.util.Objects;
import java.util.UUID;

/** Who told of a bridge, and so who may change it or take it away. */
public sealed interface Origin {
    Origin REST = new Rest();

    /** Somebody put it. */
    record Rest() implements Origin {
        @Override
        public String toString() {
            return "REST";
        }
    }

    /**
     * It is marked in a host's own database.
     *
     * @param database the UUID of its row of the table Open_vSwitch, the same for as long as the database is
     */
    record Ovsdb(UUID database) implements Origin {
        public Ovsdb {
            Objects.requireNonNull(database);
        }

        @Override
        public String toString() {
            return "OVSDB " + database;
        }
    }
}
