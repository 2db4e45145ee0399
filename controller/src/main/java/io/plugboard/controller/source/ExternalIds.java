package io.plugboard.controller.source;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys and values of a row's column {@code external_ids}, each of which is read, or found wrong, by itself. */
final class ExternalIds {
    /** So much of what is wrong with a value is told. */
    private static final int TOLD = 120;

    /** So much of a value is repeated. */
    private static final int SHOWN = 60;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,]+");

    private final Map<String, String> values;

    ExternalIds(Map<String, String> values) {
        this.values = values;
    }

    /** A value, or a row, that is none; the message says which key is wrong, and why. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** Takes what is wrong with a row that is read all the same. */
    @FunctionalInterface
    interface Problems {
        void add(String reason);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** @param parse throws IllegalArgumentException when it cannot; its message goes behind the key's name */
    <T> Optional<T> read(String key, Function<String, T> parse) throws Unreadable {
        try {
            return Optional.ofNullable(values.get(key)).map(parse);
        } catch (IllegalArgumentException wrong) {
            throw new Unreadable(key + ": " + Shortened.to(TOLD, String.valueOf(wrong.getMessage())));
        }
    }

    <T> T require(String key, Function<String, T> parse) throws Unreadable {
        return read(key, parse).orElseThrow(() -> new Unreadable(key + " is missing"));
    }

    /** @param instead of a value that cannot be read, which is a problem then */
    <T> Optional<T> read(String key, Function<String, T> parse, Optional<T> instead, Problems problems) {
        try {
            return read(key, parse);
        } catch (Unreadable unreadable) {
            problems.add(unreadable.reason());
            return instead;
        }
    }

    /** @throws IllegalArgumentException when it is neither true nor false; the message goes behind the key's name */
    static boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is true or false, not " + shown(value));
        };
    }

    /** Those of a list, with blanks or commas between them. */
    static Stream<String> words(String value) {
        return BETWEEN_WORDS.splitAsStream(value).filter(word -> !word.isEmpty());
    }

    /** What somebody has called something. */
    static String name(String text) {
        return Shortened.to(SHOWN, text);
    }

    /** What somebody wrote, in quotes. */
    static String shown(String value) {
        return "'" + Shortened.to(SHOWN, value) + "'";
    }
}
