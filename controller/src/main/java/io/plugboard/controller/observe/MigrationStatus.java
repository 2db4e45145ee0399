package io.plugboard.controller.observe;

/**
 * How the destination of a migration is doing.
 *
 * @param reason why it is not prepared: a sentence, the switch's words, or the name of the block; empty when it is
 */
public record MigrationStatus(State state, String reason) {
    public enum State {
        /** Something that it needs is not there yet; it becomes prepared by itself. */
        PENDING,
        /** Its switch has confirmed the flows of its port: the vNIC can become active there. */
        PREPARED,
        /** The guest uses a MAC that it must not: nothing would go in or out there. */
        BLOCKED,
        /** Its switch refused its flows; they are tried again. */
        FAILED;

        static State of(VnicStatus.State seat) {
            return switch (seat) {
                case PENDING -> PENDING;
                case ACTIVE -> PREPARED;
                case BLOCKED -> BLOCKED;
                case FAILED -> FAILED;
            };
        }
    }
}
