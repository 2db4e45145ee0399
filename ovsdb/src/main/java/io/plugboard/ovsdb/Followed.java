package io.plugboard.ovsdb;

/**
 * How far a database has been followed: where the next connection to it may go on.
 *
 * @param since the last transaction that the replica holds; {@link #NEVER} when the database does not number them, as one
 *     that is no cluster does not
 */
record Followed(Replica replica, String since) {
    /** The id of no transaction: everything has happened since. */
    static final String NEVER = "00000000-0000-0000-0000-000000000000";

    static Followed nothing(Schema schema) {
        return new Followed(new Replica(schema), NEVER);
    }

    Followed fromNothing() {
        return nothing(replica.schema());
    }
}
