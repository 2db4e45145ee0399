package io.plugboard.controller.rest;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** If-Match and If-None-Match of one request (RFC 9110, 13.1). */
record Preconditions(Optional<Tags> ifMatch, Optional<Tags> ifNoneMatch) {
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    /** @param any the header was {@code *} */
    record Tags(boolean any, Set<String> strong, Set<String> weak) {
        private static final String TAG = "(W/)?\"([\\x21\\x23-\\x7e]*)\"";
        private static final Pattern ONE = Pattern.compile(TAG);
        private static final Pattern ALL = Pattern.compile("\\s*" + TAG + "(\\s*,\\s*" + TAG + ")*\\s*");

        static Optional<Tags> of(HttpServerRequest request, String header, Findings findings) {
            String text = String.join(",", request.headers().getAll(header));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            Set<String> strong = new HashSet<>();
            Set<String> weak = new HashSet<>();
            if (text.strip().equals("*")) {
                return Optional.of(new Tags(true, strong, weak));
            }
            if (!ALL.matcher(text).matches()) {
                findings.parameter(header, "must be * or ETags in quotes, such as \"17\", not " + text);
                return Optional.empty();
            }
            for (Matcher tag = ONE.matcher(text); tag.find(); ) {
                (tag.group(1) == null ? strong : weak).add(tag.group(2));
            }
            return Optional.of(new Tags(false, strong, weak));
        }
    }

    static Preconditions of(HttpServerRequest request, Findings findings) {
        return new Preconditions(Tags.of(request, IF_MATCH, findings), Tags.of(request, IF_NONE_MATCH, findings));
    }

    static String etag(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * @param what for the message
     * @param revision empty when it does not exist
     */
    void require(Object what, OptionalLong revision) throws Refused {
        String current = revision.isPresent() ? Long.toString(revision.getAsLong()) : "";
        if (ifMatch.isPresent()) {
            Tags wanted = ifMatch.get();
            if (revision.isEmpty() || !wanted.any() && !wanted.strong().contains(current)) {
                throw failed(IF_MATCH, what, revision);
            }
        }
        if (ifNoneMatch.isPresent() && revision.isPresent()) {
            Tags unwanted = ifNoneMatch.get();
            if (unwanted.any()
                    || unwanted.strong().contains(current)
                    || unwanted.weak().contains(current)) {
                throw failed(IF_NONE_MATCH, what, revision);
            }
        }
    }

    private static Refused failed(String header, Object what, OptionalLong revision) {
        String is = revision.isPresent() ? " is at revision " + revision.getAsLong() : " does not exist";
        return new Refused(Problem.ofParameter(Problem.Kind.PRECONDITION_FAILED, header, what + is));
    }
}
