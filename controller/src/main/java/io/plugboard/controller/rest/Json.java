package io.plugboard.controller.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plugboard.controller.rest.Problem.FieldError;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;

/** Text to JSON and back, within limits. */
final class Json {
    /** Twice what the deepest request has. */
    private static final int DEEPEST = 16;

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_STRING = 4096;
    private static final int LONGEST_NUMBER = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNameLength(LONGEST_NAME)
                            .maxStringLength(LONGEST_STRING)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    /**
     * Reads one JSON value and nothing behind it.
     *
     * @throws Refused when it is not JSON, has a key twice, or is deeper or longer than anything sensible; names line and column
     */
    static JsonNode read(Buffer body) throws Refused {
        try (JsonParser parser = MAPPER.createParser(body.getBytes())) {
            try {
                JsonNode value = MAPPER.readTree(parser);
                if (value == null || value.isMissingNode()) {
                    throw unreadable("", "the body is empty: a JSON object is expected");
                }
                if (parser.nextToken() != null) {
                    throw unreadable("", at(parser.currentTokenLocation()) + "there is more behind the JSON object");
                }
                return value;
            } catch (JsonProcessingException notJson) {
                String where = parser.getParsingContext().pathAsPointer().toString();
                JsonLocation location =
                        notJson.getLocation() == null ? parser.currentLocation() : notJson.getLocation();
                throw unreadable(where, at(location) + reason(notJson));
            }
        } catch (IOException notText) {
            throw unreadable("", "the body is not text in UTF-8");
        }
    }

    static Buffer write(Object value) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException(ours);
        }
    }

    private static Refused unreadable(String pointer, String detail) {
        return new Refused(
                new Problem(Problem.Kind.BAD_REQUEST, detail, List.of(FieldError.ofField(pointer, detail)), null));
    }

    private static String at(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /** Jackson's own words, less the names of its settings. */
    private static String reason(JsonProcessingException notJson) {
        return notJson.getOriginalMessage()
                .replaceAll("(,? from|: enable) `[^`]*`( to allow)?", "")
                .lines()
                .findFirst()
                .orElse("not JSON");
    }
}
