package io.plugboard.controller.rest;

import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The parameters of one request: of its path and its query. What is wrong goes to the findings. */
final class Parameters {
    private final RoutingContext context;
    private final Findings findings;
    private final Set<String> known = new LinkedHashSet<>();

    Parameters(RoutingContext context, Findings findings) {
        this.context = context;
        this.findings = findings;
    }

    /** @param parse throws IllegalArgumentException, whose message the sender gets to read */
    <T> Optional<T> path(String name, Function<String, T> parse) {
        return parsed(name, context.pathParam(name), parse);
    }

    /**
     * Empty when it is not given.
     *
     * @param parse throws IllegalArgumentException, whose message the sender gets to read
     */
    <T> Optional<T> query(String name, Function<String, T> parse) {
        known.add(name);
        List<String> values = context.queryParam(name);
        if (values.size() > 1) {
            findings.parameter(name, "'" + name + "' is given " + values.size() + " times");
            return Optional.empty();
        }
        return values.isEmpty() ? Optional.empty() : parsed(name, values.get(0), parse);
    }

    /** Refuses every query parameter that nobody has read: a filter misspelt would otherwise list everything. */
    void nothingElse() {
        for (String name : context.queryParams().names()) {
            if (!known.contains(name)) {
                String there = known.isEmpty() ? "" : ", only: " + String.join(", ", known);
                findings.parameter(name, "there is no parameter '" + name + "' here" + there);
            }
        }
    }

    private <T> Optional<T> parsed(String name, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException wrong) {
            findings.parameter(name, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    static Function<String, Integer> between(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                throw outside(text, least, most);
            }
            throw outside(text, least, most);
        };
    }

    private static IllegalArgumentException outside(String text, int least, int most) {
        return new IllegalArgumentException("must be " + least + " to " + most + ", not '" + text + "'");
    }
}
