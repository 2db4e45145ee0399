package io.plugboard.controller.rest;

import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vNIC as the API shows it.
 *
 * @param port its name, a string, or its number, unsigned
 */
record VnicView(
        String id,
        String bridge,
        Object port,
        String mac,
        String portGroup,
        int slot,
        String source,
        long revision,
        Status status) {

    /** @param portNumber unsigned */
    record Status(
            String state,
            String reason,
            @Nullable Long portNumber,
            String effectiveMac,
            @Nullable String uplink,
            boolean mirroring,
            @Nullable VnicCounters counters) {}

    static VnicView of(Attachment attachment, Optional<VnicStatus> status, Optional<VnicCounters> counters) {
        Vnic vnic = attachment.vnic();
        return new VnicView(
                vnic.id().text(),
                vnic.place().bridge().toString(),
                port(vnic.place().port()),
                vnic.mac().toString(),
                vnic.portGroup().text(),
                attachment.slot(),
                text(vnic.source()),
                attachment.revision(),
                status.map(seen -> status(seen, counters)).orElseGet(() -> unknown(vnic)));
    }

    static String text(VnicStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String text(Vnic.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Status status(VnicStatus status, Optional<VnicCounters> counters) {
        return new Status(
                text(status.state()),
                status.reason(),
                status.portNumber().isPresent()
                        ? Integer.toUnsignedLong(status.portNumber().getAsInt())
                        : null,
                status.effectiveMac().toString(),
                status.uplink().orElse(null),
                status.mirroring(),
                counters.orElse(null));
    }

    /** Of a vNIC that was put so lately that nobody has looked at it. */
    private static Status unknown(Vnic vnic) {
        return new Status(
                text(VnicStatus.State.PENDING), "it is new", null, vnic.mac().toString(), null, false, null);
    }

    private static Object port(PortRef port) {
        return port instanceof PortRef.ByNumber numbered
                ? (Object) Integer.toUnsignedLong(numbered.number())
                : port.toString();
    }
}
