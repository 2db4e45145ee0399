package io.plugboard.controller.rest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param errors one a wrong field
 * @param vnic how the vNIC is, where that is the problem
 */
record Problem(
        Kind kind,
        String detail,
        List<FieldError> errors,
        @Nullable VnicView vnic) {
    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, List.of(), null);
    }

    static Problem ofParameter(Kind kind, String parameter, String detail) {
        return new Problem(kind, detail, List.of(FieldError.ofParameter(parameter, detail)), null);
    }

    /** The kinds there are: a status each, by which {@link #of(int)} finds it. */
    enum Kind {
        BAD_REQUEST(400, "The request cannot be read"),
        NOT_FOUND(404, "There is no such thing"),
        METHOD_NOT_ALLOWED(405, "This cannot be done here"),
        NOT_ACCEPTABLE(406, "What is asked for cannot be given"),
        CONFLICT(409, "It contradicts something that is true"),
        PRECONDITION_FAILED(412, "It has become another one"),
        TOO_LARGE(413, "The body is too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
        UNPROCESSABLE(422, "A value cannot be"),
        TOO_MANY_REQUESTS(429, "Too much at once"),
        HEADERS_TOO_LARGE(431, "The request line or the headers are too long"),
        INTERNAL(500, "Something broke in Plugboard"),
        SWITCH_REFUSED(502, "The switch did not do it"),
        STORE_UNAVAILABLE(503, "The store cannot write"),
        NOT_ACTIVE_IN_TIME(504, "It is not active yet");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        String type() {
            return "urn:plugboard:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Seconds after which the same may succeed, if waiting is all that it takes. */
        Optional<Integer> retryAfter() {
            return this == TOO_MANY_REQUESTS || this == STORE_UNAVAILABLE ? Optional.of(1) : Optional.empty();
        }
    }

    /**
     * One wrong field: of the body, by its JSON pointer (RFC 6901), or else a parameter of the path, the query or the header.
     */
    record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {
        static FieldError ofField(String pointer, String detail) {
            return new FieldError(pointer, null, detail);
        }

        static FieldError ofParameter(String parameter, String detail) {
            return new FieldError(null, parameter, detail);
        }

        /** Where and what, on one line. */
        @Override
        public String toString() {
            String where = pointer == null ? parameter : pointer;
            return where == null || where.isEmpty() ? detail : where + ": " + detail;
        }
    }
}
