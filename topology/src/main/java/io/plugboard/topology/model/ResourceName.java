package io.plugboard.topology.model;

import java.util.regex.Pattern;

/** What the ids of vNICs and port groups have in common: 1 to 128 of {@code A-Z a-z 0-9 . _ : -}. */
final class ResourceName {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private ResourceName() {}

    static void require(String what, String text) {
        // As a segment of a URL's path, dots alone mean another place.
        if (!ALLOWED.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not the id of a " + what + ": 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
    }
}
