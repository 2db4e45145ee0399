package io.plugboard.controller.rest;

import io.plugboard.controller.announce.AnnouncementDesk;
import io.plugboard.controller.announce.AnnouncementLog;
import io.plugboard.controller.announce.AnnouncementRecord;
import io.plugboard.controller.service.TopologyService;
import io.plugboard.topology.model.VnicId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What the controller has sent, and announcing by hand. */
final class Announcements {
    /** Nobody has registered one; this is Wireshark's own. */
    private static final String PCAPNG = "application/x-pcapng";

    private final AnnouncementDesk desk;
    private final TopologyService service;

    Announcements(AnnouncementDesk desk, TopologyService service) {
        this.desk = desk;
        this.service = service;
    }

    Future<?> list(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<VnicId> vnic = parameters.query("vnic", VnicId::new);
        int limit = parameters
                .query("limit", Parameters.between(1, Integer.MAX_VALUE))
                .orElse(Integer.MAX_VALUE);
        parameters.nothingElse();
        findings.refuse();

        AnnouncementLog log = desk.log();
        List<AnnouncementRecord> records = vnic.map(log::records).orElseGet(log::records);
        List<AnnouncementRecord> newest = records.subList(Math.max(0, records.size() - limit), records.size());
        return ListAnswer.write(
                context,
                new ListAnswer.Source<>(
                        service.topology().revision(),
                        newest.iterator(),
                        any -> true,
                        slice -> Future.succeededFuture(),
                        AnnouncementView::of,
                        record -> Long.toString(record.number())),
                Integer.MAX_VALUE);
    }

    Future<?> announce(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        Parameters parameters = new Parameters(context, findings);
        Optional<VnicResource> named = parameters.path("id", VnicResource::of);
        parameters.nothingElse();
        findings.refuse();
        VnicResource vnic = named.orElseThrow();
        if (service.topology().attachment(vnic.id()).isEmpty()) {
            throw new Refused(Problem.of(Problem.Kind.NOT_FOUND, "there is no " + vnic));
        }
        return Future.fromCompletionStage(
                        desk.announce(vnic.id()), context.vertx().getOrCreateContext())
                .compose(
                        planned -> Answers.json(context, 202, planned),
                        failure -> Future.failedFuture(refused(failure)));
    }

    private static Throwable refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof AnnouncementDesk.NotAnnounced why
                ? new Refused(Problem.of(Problem.Kind.CONFLICT, String.valueOf(why.getMessage())))
                : failure;
    }

    /** Some megabytes at most: they are put together beside the event loop, and sent as one. */
    Future<?> capture(RoutingContext context) throws Refused {
        Findings findings = new Findings();
        new Parameters(context, findings).nothingElse();
        findings.refuse();
        return context.vertx().executeBlocking(() -> file(desk.log()), false).compose(file -> {
            context.response().putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"emitted.pcapng\"");
            return Answers.send(context.response(), 200, PCAPNG, file);
        });
    }

    private static Buffer file(AnnouncementLog log) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        log.writeTo(file);
        return Buffer.buffer(file.toByteArray());
    }
}
