package io.plugboard.controller.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The OpenAPI document as a stranger reads it: with a validator of its own. */
final class Document {
    private static final String URI = "app://document/";

    final JsonObject json = new JsonObject(Contract.load().json());
    private final SchemaRepository schemas;
    private final OutputUnit validity;

    Document() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            schemas = await(OpenAPIVersion.V3_1.getRepository(vertx, "app://"));
            validity = await(OpenAPIVersion.V3_1.validateContract(vertx, schemas, json));
            schemas.dereference(URI, JsonSchema.of(json.copy()));
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /** What OpenAPI's own schema has against it. */
    List<String> errors() {
        return errors(validity);
    }

    /** What the schema at this place of the document has against this value. */
    List<String> errors(String schemaPointer, Object value) {
        JsonSchema schema = JsonSchema.of(new JsonObject().put("$ref", URI + "#" + schemaPointer));
        return errors(schemas.validator(schema).validate(value));
    }

    private static List<String> errors(OutputUnit unit) {
        return Boolean.TRUE.equals(unit.getValid())
                ? List.of()
                : unit.getErrors().stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .toList();
    }

    JsonObject schema(String name) {
        return json.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    /** One call, and what the document says of it. */
    record Operation(String id, String method, String path, JsonObject json) {}

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonObject paths = json.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            for (String method : item.fieldNames()) {
                if (!method.equals("parameters")) {
                    JsonObject operation = item.getJsonObject(method);
                    operations.add(new Operation(
                            operation.getString("operationId"), method.toUpperCase(Locale.ROOT), path, operation));
                }
            }
        }
        return operations;
    }

    Optional<Operation> operation(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.method().equals(method.equals("HEAD") ? "GET" : method))
                .filter(operation -> path.matches(operation.path().replaceAll("\\{\\w+}", "[^/]+")))
                .findAny();
    }

    /** What an answer has that the document does not say. */
    List<String> surprises(String method, String path, RestClient.Answer answer) {
        Optional<Operation> operation = operation(method, path);
        if (operation.isEmpty() || answer.status() == 500) {
            return List.of();
        }
        String status = Integer.toString(answer.status());
        JsonObject said = operation.get().json().getJsonObject("responses").getJsonObject(status);
        if (said == null) {
            return List.of(operation.get().id() + " may not answer " + status);
        }
        String pointer = "/paths/"
                + operation.get().path().replace("/", "~1").replace("{", "%7B").replace("}", "%7D") + "/"
                + operation.get().method().toLowerCase(Locale.ROOT) + "/responses/" + status;
        String reference = said.getString("$ref");
        if (reference != null) {
            pointer = reference.substring(1);
            said = json.getJsonObject("components")
                    .getJsonObject("responses")
                    .getJsonObject(pointer.substring(pointer.lastIndexOf('/') + 1));
        }
        List<String> surprises = new ArrayList<>();
        for (String header : said.getJsonObject("headers", new JsonObject()).fieldNames()) {
            if (!pointer.endsWith("Bridge") && answer.header(header).isEmpty()) {
                surprises.add("no header " + header);
            }
        }
        JsonObject content = said.getJsonObject("content", new JsonObject());
        String type = answer.header("Content-Type").orElse("").split(";")[0];
        if (!type.isEmpty() && !content.containsKey(type)) {
            surprises.add(operation.get().id() + " may not answer " + status + " with " + type);
        } else if (type.endsWith("json") && !answer.body().isEmpty()) {
            surprises.addAll(errors(
                    pointer + "/content/" + type.replace("/", "~1") + "/schema", Json.decodeValue(answer.body())));
        }
        return surprises;
    }

    /** The examples of the request bodies of one operation. */
    List<Object> requestExamples(Operation operation) {
        JsonObject body = operation.json().getJsonObject("requestBody");
        if (body == null) {
            return List.of();
        }
        JsonObject examples =
                body.getJsonObject("content").getJsonObject("application/json").getJsonObject("examples");
        return examples.fieldNames().stream()
                .map(name -> examples.getJsonObject(name).getValue("value"))
                .toList();
    }

    /** The examples of all problems, by name. */
    Map<String, JsonObject> problemExamples() {
        Map<String, JsonObject> examples = new TreeMap<>();
        JsonObject responses = json.getJsonObject("components").getJsonObject("responses");
        for (String name : responses.fieldNames()) {
            JsonObject problem = responses
                    .getJsonObject(name)
                    .getJsonObject("content")
                    .getJsonObject("application/problem+json", new JsonObject());
            JsonObject named = problem.getJsonObject("examples", new JsonObject());
            named.fieldNames()
                    .forEach(example ->
                            examples.put(example, named.getJsonObject(example).getJsonObject("value")));
        }
        return examples;
    }
}
