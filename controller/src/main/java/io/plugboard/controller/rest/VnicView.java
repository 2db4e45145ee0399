package io.plugboard.controller.rest;

import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.Vnic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A vNIC as the API shows it.
 *
 * @param port its name, a string, or its number, unsigned
 * @param rxFilter none while it is unknown
 */
record VnicView(
        String id,
        String bridge,
        Object port,
        String mac,
        String portGroup,
        SecurityView security,
        List<String> allowedMacs,
        boolean multicastRouter,
        @Nullable RxFilterView rxFilter,
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
            boolean promiscuousDenied,
            List<String> ignoredUnicast,
            @Nullable VnicCounters counters) {

        /** @param status empty when the vNIC was put so lately that nobody has looked at it */
        static Status of(Vnic vnic, Optional<VnicStatus> status, Optional<VnicCounters> counters) {
            VnicStatus seen = status.orElseGet(() -> new VnicStatus(
                    VnicStatus.State.PENDING, "it is new", OptionalInt.empty(), vnic.mac(), Optional.empty()));
            return of(seen, counters);
        }

        static Status of(VnicStatus seen, Optional<VnicCounters> counters) {
            return new Status(
                    text(seen.state()),
                    seen.reason(),
                    seen.portNumber().isPresent()
                            ? Integer.toUnsignedLong(seen.portNumber().getAsInt())
                            : null,
                    seen.effectiveMac().toString(),
                    seen.uplink().orElse(null),
                    seen.mirroring(),
                    seen.promiscuousDenied(),
                    RxFilterView.texts(seen.ignoredUnicast()),
                    counters.orElse(null));
        }
    }

    static VnicView of(Attachment attachment, Optional<VnicStatus> status, Optional<VnicCounters> counters) {
        Vnic vnic = attachment.vnic();
        return new VnicView(
                vnic.id().text(),
                vnic.place().bridge().toString(),
                port(vnic.place().port()),
                vnic.mac().toString(),
                vnic.portGroup().text(),
                SecurityView.of(vnic.security()),
                RxFilterView.texts(vnic.allowedMacs()),
                vnic.multicastRouter(),
                attachment.rxFilter().map(RxFilterView::of).orElse(null),
                attachment.slot(),
                text(vnic.source()),
                attachment.revision(),
                Status.of(vnic, status, counters));
    }

    static String text(VnicStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String text(Vnic.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static Object port(PortRef port) {
        return port instanceof PortRef.ByNumber numbered
                ? (Object) Integer.toUnsignedLong(numbered.number())
                : port.toString();
    }
}
