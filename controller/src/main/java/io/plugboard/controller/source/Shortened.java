package io.plugboard.controller.source;

/** Text that somebody else has written, of which so much is repeated. */
final class Shortened {
    private Shortened() {}

    /** @param most characters, and an ellipsis behind them where there were more */
    static String to(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        // Half a character is none, and ends the session with a database that is sent it.
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
