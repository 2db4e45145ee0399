package io.plugboard.ovsdb;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What became of one operation of a transaction. */
public sealed interface OperationResult {

    /**
     * @param count of rows that it was done to: 0 when the row was not there any more
     * @param inserted the new row, where it was an insert
     */
    record Done(int count, Optional<UUID> inserted) implements OperationResult {
        public Done {
            Objects.requireNonNull(inserted);
        }
    }

    /** The database's own words; an error that is no operation's own (a commit's) comes as one result more. */
    record Failed(String error, String details) implements OperationResult {
        public Failed {
            Objects.requireNonNull(error);
            Objects.requireNonNull(details);
        }
    }

    /** An earlier one had failed. */
    record NotTried() implements OperationResult {}

    /** Why a transaction was refused, if it was: the first failure, {@code error: details}. */
    static Optional<String> refusal(List<OperationResult> results) {
        return results.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .map(failed -> failed.error() + ": " + failed.details())
                .findFirst();
    }
}
