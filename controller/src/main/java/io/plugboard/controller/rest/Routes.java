package io.plugboard.controller.rest;

import io.plugboard.controller.announce.AnnouncementDesk;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.Switches;
import io.plugboard.controller.service.TopologyService;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every call of the contract, and who answers it. */
final class Routes {

    private record Health(String status) {}

    /** Answers a request; what it throws, or its future fails with, is answered by {@link Answers#failure}. */
    @FunctionalInterface
    interface Call {
        Future<?> answer(RoutingContext context) throws Exception;
    }

    private final Contract contract;
    private final Page page = new Page();
    private final Map<String, Call> calls;

    Routes(
            Contract contract,
            TopologyService service,
            Switches switches,
            Hosts hosts,
            AnnouncementDesk desk,
            EventLog events,
            Metrics metrics) {
        this.contract = contract;
        Bodies bodies = new Bodies();
        Writes writes = new Writes(service, hosts);
        Lists lists = new Lists(service, switches);
        Resources resources = new Resources(service, switches, writes, bodies);
        Migrations migrations = new Migrations(switches, writes, bodies, resources);
        Announcements announcements = new Announcements(desk, service);
        Flows flows = new Flows(service, switches);
        Call health = context -> Answers.json(context, 200, new Health("ok"));
        calls = Map.ofEntries(
                Map.entry("listPortGroups", lists::portGroups),
                Map.entry("getPortGroup", context -> resources.get(context, "name", PortGroupResource::of)),
                Map.entry("putPortGroup", context -> resources.put(context, "name", PortGroupResource::of)),
                Map.entry("deletePortGroup", context -> resources.delete(context, "name", PortGroupResource::of)),
                Map.entry("listBridges", lists::bridges),
                Map.entry("getBridge", context -> resources.get(context, "dpid", BridgeResource::of)),
                Map.entry("putBridge", context -> resources.put(context, "dpid", BridgeResource::of)),
                Map.entry("deleteBridge", context -> resources.delete(context, "dpid", BridgeResource::of)),
                Map.entry("getFlows", flows::get),
                Map.entry("resyncBridge", flows::resync),
                Map.entry("listVnics", lists::vnics),
                Map.entry("getVnic", context -> resources.get(context, "id", VnicResource::of)),
                Map.entry("putVnic", context -> resources.put(context, "id", VnicResource::of)),
                Map.entry("deleteVnic", context -> resources.delete(context, "id", VnicResource::of)),
                Map.entry("getRxFilter", context -> resources.get(context, "id", RxFilterResource::of)),
                Map.entry("putRxFilter", context -> resources.put(context, "id", RxFilterResource::of)),
                Map.entry("deleteRxFilter", context -> resources.delete(context, "id", RxFilterResource::of)),
                Map.entry("prepareMigration", migrations::prepare),
                Map.entry("giveUpMigration", migrations::giveUp),
                Map.entry("activateMigration", migrations::activate),
                Map.entry("announceVnic", announcements::announce),
                Map.entry("listAnnouncements", announcements::list),
                Map.entry("getEmittedFrames", announcements::capture),
                Map.entry("traceFrame", new Traces(service, switches, bodies)::trace),
                Map.entry("applyTransaction", new Transactions(service, writes, bodies)::apply),
                Map.entry("followEvents", new EventStreams(events)::follow),
                Map.entry("getMetrics", new Scrapes(service, switches, metrics)::get),
                Map.entry(
                        "getOpenApi", context -> Answers.send(context.response(), 200, Answers.JSON, contract.json())),
                Map.entry("getHealth", health),
                Map.entry("getReadiness", health),
                Map.entry("getPage", page::get));
    }

    /** The operation ids that it answers. */
    Set<String> calls() {
        return calls.keySet();
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.route().failureHandler(Answers::failure);
        IntStream.of(400, 404, 413, 500)
                .forEach(status -> router.errorHandler(
                        status, context -> Answers.problem(context.response(), Answers.ofStatus(status))));
        // What can be read can be asked for without its body (RFC 9110, 9.3.2).
        router.route().handler(context -> {
            if (context.request().method().equals(HttpMethod.HEAD)) {
                context.reroute(HttpMethod.GET, context.request().path());
            } else {
                context.next();
            }
        });
        contract.operations().forEach(operation -> {
            Route route = router.route(operation.method(), routerPath(operation));
            operation.mediaTypes().forEach(route::produces);
            route.handler(handler(Objects.requireNonNull(calls.get(operation.id()), operation.id())));
        });
        page.addParts(router);
        contract.operations().stream()
                .collect(Collectors.groupingBy(Routes::routerPath, TreeMap::new, Collectors.toList()))
                .forEach((path, there) -> router.route(path).handler(handler(context -> otherwise(context, there))));
        return router;
    }

    private static String routerPath(Contract.Operation operation) {
        return operation.path().replaceAll("\\{(\\w+)}", ":$1");
    }

    private static Handler<RoutingContext> handler(Call call) {
        return context -> {
            try {
                call.answer(context).onFailure(context::fail);
            } catch (Exception refused) {
                context.fail(refused);
            }
        };
    }

    /** A path that exists, asked for with a method that it has not, or for a media type that it does not give. */
    private static Future<?> otherwise(RoutingContext context, List<Contract.Operation> there) {
        HttpMethod method = context.request().method();
        Problem problem = there.stream()
                .filter(operation -> operation.method().equals(method))
                .findAny()
                .map(operation -> Problem.ofParameter(
                        Problem.Kind.NOT_ACCEPTABLE,
                        "Accept",
                        "this is given as " + String.join(" or ", operation.mediaTypes()) + ", not as "
                                + context.request().getHeader(HttpHeaders.ACCEPT)))
                .orElseGet(() -> {
                    String allowed = there.stream()
                            .map(operation -> operation.method().name())
                            .flatMap(name -> name.equals("GET") ? Stream.of(name, "HEAD") : Stream.of(name))
                            .sorted()
                            .collect(Collectors.joining(", "));
                    context.response().putHeader(HttpHeaders.ALLOW, allowed);
                    return Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "here are only " + allowed + ", not " + method);
                });
        return Future.failedFuture(new Refused(problem));
    }
}
