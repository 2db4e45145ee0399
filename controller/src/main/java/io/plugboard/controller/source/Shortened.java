package io.plugboard.controller.source;

import java.util.regex.Pattern;

/** Text that somebody else has written, of which so much is repeated, and no control characters. */
final class Shortened {
    /** They would make a second line of a log, or command a terminal. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]");

    private Shortened() {}

    /** @param most characters, and an ellipsis behind them where there were more */
    static String to(int most, String raw) {
        String text = CONTROL.matcher(raw).replaceAll("\uFFFD");
        if (text.length() <= most) {
            return text;
        }
        // Half a character is none, and ends the session with a database that is sent it.
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
