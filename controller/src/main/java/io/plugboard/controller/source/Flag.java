package io.plugboard.controller.source;

/** A value that is {@code true} or {@code false}. */
final class Flag {
    /** Of a value that somebody wrote, so much is repeated. */
    private static final int SHOWN = 60;

    private Flag() {}

    /** @throws IllegalArgumentException when it is neither; the message says so, and goes behind the key's name */
    static boolean parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is true or false, not '" + Shortened.to(SHOWN, text) + "'");
        };
    }
}
