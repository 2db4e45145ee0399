package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The OpenAPI document: what the API is.
 *
 * @param json the document as it is served
 */
record Contract(Buffer json, List<Operation> operations) {
    private static final String RESOURCE = "/openapi.yaml";

    /** The other keys of a path item are not operations (OpenAPI 3.1, 4.8.9). */
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    /**
     * One call.
     *
     * @param path with its parameters in braces
     * @param mediaTypes that it may answer with when all is well; none when it answers with nothing
     */
    record Operation(String id, HttpMethod method, String path, List<String> mediaTypes) {}

    static Contract load() {
        try (InputStream document = Objects.requireNonNull(Contract.class.getResourceAsStream(RESOURCE))) {
            JsonNode contract = new YAMLMapper().readTree(document);
            return new Contract(Json.write(contract), operations(contract));
        } catch (IOException broken) {
            throw new IllegalStateException(RESOURCE + " cannot be read", broken);
        }
    }

    private static List<Operation> operations(JsonNode contract) {
        List<Operation> operations = new ArrayList<>();
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(item -> {
                    if (METHODS.contains(item.getKey())) {
                        operations.add(new Operation(
                                item.getValue().get("operationId").textValue(),
                                HttpMethod.valueOf(item.getKey().toUpperCase(Locale.ROOT)),
                                path.getKey(),
                                mediaTypes(contract, success(item.getValue().path("responses")))));
                    }
                }));
        return List.copyOf(operations);
    }

    private static JsonNode success(JsonNode responses) {
        return responses.has("200") ? responses.get("200") : responses.path("202");
    }

    private static List<String> mediaTypes(JsonNode contract, JsonNode response) {
        JsonNode reference = response.get("$ref");
        JsonNode resolved =
                reference == null ? response : contract.at(reference.textValue().substring(1));
        List<String> types = new ArrayList<>();
        resolved.path("content").fieldNames().forEachRemaining(types::add);
        return types;
    }
}
