package io.plugboard.controller.reconcile;

/**
 * A command that the switch answered with an error.
 *
 * @param error the switch's own words: type and code of the error message, such as {@code OFPFMFC_TABLE_FULL}
 */
public record Refusal(SwitchCommand command, String error) {
    /** For people. */
    String words() {
        return "the switch refused " + command.subject() + ": " + error;
    }
}
