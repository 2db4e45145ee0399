package io.plugboard.agent.qmp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads what a QEMU says, within limits. */
public final class QmpJson {
    /** Characters of a line: the answer to query-rx-filter takes some 25,000 of them for a card that lists all VLANs. */
    public static final int MAX_LINE = 1 << 20;

    private static final int MAX_DEPTH = 32;

    /** Those of thirty cards that list all VLANs. */
    private static final int MAX_TOKENS = 200_000;

    /** Of what is no number. What a parsed line takes of the heap, and of the time of others, is bounded by it. */
    private static final int MAX_OTHER_TOKENS = 10_000;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_LINE)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();

    private QmpJson() {}

    /** @throws QmpFailure when it is no JSON, or is beyond the limits */
    public static JsonNode parse(String line) throws QmpFailure {
        try (JsonParser parser = JSON.createParser(line)) {
            int others = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                others += token.isNumeric() ? 0 : 1;
                if (others > MAX_OTHER_TOKENS) {
                    throw new QmpFailure("it sent a line that says too much");
                }
            }
            return JSON.readTree(line);
        } catch (QmpFailure tooMuch) {
            throw tooMuch;
        } catch (IOException broken) {
            throw new QmpFailure("it sent a line that is no JSON");
        }
    }

    /**
     * What an answer returns.
     *
     * @throws QmpFailure when it is a refusal; the message is QEMU's
     */
    public static JsonNode returned(JsonNode answer) throws QmpFailure {
        if (answer.has("return")) {
            return answer.get("return");
        }
        throw new QmpFailure(answer.path("error").path("desc").asText("refused without a word"));
    }
}
