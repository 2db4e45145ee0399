package io.plugboard.controller.observe;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error message's type and code (OpenFlow 1.3.5, 7.4.4).
 *
 * @param type such as {@code FLOW_MOD_FAILED}, or a number that the standard has no name for
 * @param code such as {@code TABLE_FULL}, or a number
 */
record SwitchError(String type, String code) {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("OFPHFC", "HELLO_FAILED"),
            Map.entry("OFPBRC", "BAD_REQUEST"),
            Map.entry("OFPBAC", "BAD_ACTION"),
            Map.entry("OFPBIC", "BAD_INSTRUCTION"),
            Map.entry("OFPBMC", "BAD_MATCH"),
            Map.entry("OFPFMFC", "FLOW_MOD_FAILED"),
            Map.entry("OFPGMFC", "GROUP_MOD_FAILED"),
            Map.entry("OFPPMFC", "PORT_MOD_FAILED"),
            Map.entry("OFPTMFC", "TABLE_MOD_FAILED"),
            Map.entry("OFPQOFC", "QUEUE_OP_FAILED"),
            Map.entry("OFPSCFC", "SWITCH_CONFIG_FAILED"),
            Map.entry("OFPRRFC", "ROLE_REQUEST_FAILED"),
            Map.entry("OFPMMFC", "METER_MOD_FAILED"),
            Map.entry("OFPTFFC", "TABLE_FEATURES_FAILED"));

    private static final Pattern NAMED = Pattern.compile("\\b(OFP[A-Z]+)_([A-Z_]+)");
    private static final Pattern UNNAMED_CODE = Pattern.compile("\\bOFPET_([A-Z_]+), code (\\d+)");
    private static final Pattern UNNAMED = Pattern.compile("error type (\\d+), code (\\d+)");

    /** As it is told in a switch's words; empty when they are of something else. */
    static Optional<SwitchError> of(String words) {
        Matcher named = NAMED.matcher(words);
        if (named.find() && TYPES.containsKey(named.group(1))) {
            return Optional.of(new SwitchError(TYPES.get(named.group(1)), named.group(2)));
        }
        for (Pattern pattern : new Pattern[] {UNNAMED_CODE, UNNAMED}) {
            Matcher numbered = pattern.matcher(words);
            if (numbered.find()) {
                return Optional.of(new SwitchError(numbered.group(1), numbered.group(2)));
            }
        }
        // What follows an experimenter's error is its own, and without bound.
        return words.contains("OFPET_EXPERIMENTER")
                ? Optional.of(new SwitchError("EXPERIMENTER", "other"))
                : Optional.empty();
    }
}
