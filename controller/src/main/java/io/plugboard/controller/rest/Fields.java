package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The fields of one JSON object, read one after the other. What is wrong goes to the findings, and reading goes on. */
final class Fields {
    private static final int SHOWN = 60;

    private final ObjectNode object;
    private final String pointer;
    private final Findings findings;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(ObjectNode object, String pointer, Findings findings) {
        this.object = object;
        this.pointer = pointer;
        this.findings = findings;
    }

    /** Makes a value of JSON; empty when it cannot be, which the findings then say. */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(JsonNode node, String pointer, Findings findings);
    }

    static Optional<Fields> of(JsonNode node, String pointer, Findings findings) {
        if (node instanceof ObjectNode object) {
            return Optional.of(new Fields(object, pointer, findings));
        }
        findings.unreadable(pointer, "must be an object, not " + shown(node));
        return Optional.empty();
    }

    <T> Optional<T> required(String name, Reader<T> reader) {
        if (!object.has(name)) {
            findings.unreadable(pointerTo(name), "'" + name + "' is missing");
        }
        return optional(name, reader);
    }

    /** Empty, without a finding, when the field is not there. */
    <T> Optional<T> optional(String name, Reader<T> reader) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null ? Optional.empty() : reader.read(node, pointerTo(name), findings);
    }

    /** A field that the path has said already: it may be left out, and must not contradict. */
    <T> void sameAsInPath(String name, T inPath, Function<String, T> parse) {
        optional(name, text(parse)).filter(here -> !here.equals(inPath)).ifPresent(here -> {
            findings.wrong(pointerTo(name), "must be " + inPath + " as in the path, not " + here);
        });
    }

    /** Fields that are given back, and may come again. */
    void ignored(String... names) {
        known.addAll(List.of(names));
    }

    /** Refuses every field that nobody has read. */
    void nothingElse() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                findings.unreadable(
                        pointerTo(name), "there is no field '" + name + "' here, only: " + String.join(", ", known));
            }
        }
    }

    private String pointerTo(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** @param parse throws IllegalArgumentException, whose message the sender gets to read */
    static <T> Reader<T> text(Function<String, T> parse) {
        return (node, pointer, findings) -> {
            if (!node.isTextual()) {
                findings.unreadable(pointer, "must be a string, not " + shown(node));
                return Optional.empty();
            }
            return parsed(() -> parse.apply(node.textValue()), pointer, findings);
        };
    }

    /** @param parse throws IllegalArgumentException, whose message the sender gets to read */
    static <T> Reader<T> integer(LongFunction<T> parse) {
        return (node, pointer, findings) -> {
            if (!isInteger(node)) {
                findings.unreadable(pointer, "must be an integer, not " + shown(node));
                return Optional.empty();
            }
            return parsed(() -> parse.apply(node.longValue()), pointer, findings);
        };
    }

    static Reader<Boolean> flag() {
        return (node, pointer, findings) -> {
            if (!node.isBoolean()) {
                findings.unreadable(pointer, "must be true or false, not " + shown(node));
                return Optional.empty();
            }
            return Optional.of(node.booleanValue());
        };
    }

    /**
     * One of a few words.
     *
     * @param what for the message, such as "a VLAN mode"
     */
    static <T> Reader<T> word(String what, Map<String, T> words) {
        return text(word -> {
            T meaning = words.get(word);
            if (meaning == null) {
                String all = words.keySet().stream().sorted().collect(Collectors.joining("' or '", "'", "'"));
                throw new IllegalArgumentException(what + " is " + all + ", not '" + shortened(word) + "'");
            }
            return meaning;
        });
    }

    /** Empty when one of its elements is. */
    static <T> Reader<List<T>> list(Reader<T> element) {
        return (node, pointer, findings) -> {
            if (!node.isArray()) {
                findings.unreadable(pointer, "must be an array, not " + shown(node));
                return Optional.empty();
            }
            List<T> values = new ArrayList<>(node.size());
            for (int index = 0; index < node.size(); index++) {
                element.read(node.get(index), pointer + "/" + index, findings).ifPresent(values::add);
            }
            return values.size() == node.size() ? Optional.of(values) : Optional.empty();
        };
    }

    static boolean isInteger(JsonNode node) {
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong();
    }

    /** A value in a message: short. */
    static String shown(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        } else if (node.isArray()) {
            return "an array";
        } else if (node.isTextual()) {
            return "'" + shortened(node.textValue()) + "'";
        }
        return shortened(node.asText());
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    static <T> Optional<T> parsed(Supplier<T> value, String pointer, Findings findings) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException wrong) {
            findings.wrong(pointer, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }
}
