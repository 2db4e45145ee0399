package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.change.TopologyChange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** POST of many changes at once. */
final class Transactions {
    private static final Map<String, Resource.Kind> KINDS = Map.of(
            PortGroupResource.COLLECTION,
            PortGroupResource::of,
            BridgeResource.COLLECTION,
            BridgeResource::of,
            VnicResource.COLLECTION,
            VnicResource::of,
            VnicResource.COLLECTION + "/" + RxFilterResource.NAME,
            RxFilterResource::of);

    /** Collection, id, and the part of the resource if one is meant. */
    private static final Pattern PATH = Pattern.compile("/([^/]+)/([^/]+)(/[^/]+)?");

    private final TopologyService service;
    private final Writes writes;
    private final Bodies bodies;

    Transactions(TopologyService service, Writes writes, Bodies bodies) {
        this.service = service;
        this.writes = writes;
        this.bodies = bodies;
    }

    private record Result(long revision) {}

    private enum Op {
        PUT,
        DELETE
    }

    Future<?> apply(RoutingContext context) {
        Findings findings = new Findings();
        new Parameters(context, findings).nothingElse();
        Preconditions preconditions = Preconditions.of(context.request(), findings);
        return bodies.read(context, Bodies.TRANSACTION)
                .compose(body -> context.vertx().executeBlocking(() -> operations(body, findings), false))
                .compose(operations -> writes.change(
                        context,
                        operations,
                        current -> preconditions.require("everything", OptionalLong.of(current.revision()))))
                .compose(topology -> {
                    context.response().putHeader(HttpHeaders.ETAG, Preconditions.etag(topology.revision()));
                    return Answers.json(context, 200, new Result(topology.revision()));
                });
    }

    /** Off the event loop: a large body takes its time. */
    private List<Writes.Operation> operations(Buffer body, Findings findings) throws Refused {
        Optional<List<Writes.Operation>> operations = Fields.of(Json.read(body), "", findings)
                .flatMap(fields -> {
                    Optional<List<Writes.Operation>> all =
                            fields.required("operations", Fields.list(Transactions::operation));
                    fields.nothingElse();
                    return all;
                });
        findings.refuse(service.topology());
        return operations.orElseThrow();
    }

    private static Optional<Writes.Operation> operation(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<Op> op = fields.required("op", Fields.text(Transactions::op));
            Optional<Resource> resource = fields.required("path", Fields.text(Transactions::resource));
            Optional<List<TopologyChange>> changes;
            if (op.equals(Optional.of(Op.DELETE))) {
                changes = resource.map(known -> List.of(known.delete()));
            } else {
                changes = fields.required(
                        "value", (value, at, into) -> resource.flatMap(known -> known.put(value, at, into)));
            }
            if (op.isPresent()) {
                fields.nothingElse();
            }
            return changes.flatMap(made -> resource.map(known -> Writes.Operation.within(pointer, known, made)));
        });
    }

    private static Op op(String text) {
        switch (text) {
            case "put":
                return Op.PUT;
            case "delete":
                return Op.DELETE;
            default:
                throw new IllegalArgumentException("an operation is 'put' or 'delete', not '" + text + "'");
        }
    }

    private static Resource resource(String path) {
        Matcher parts = PATH.matcher(path);
        Resource.Kind kind =
                parts.matches() ? KINDS.get(parts.group(1) + Objects.requireNonNullElse(parts.group(3), "")) : null;
        if (kind == null) {
            throw new IllegalArgumentException(
                    "a path is /port-groups/NAME, /bridges/DPID, /vnics/ID or /vnics/ID/rx-filter, not '" + path + "'");
        }
        return kind.of(parts.group(2));
    }
}
