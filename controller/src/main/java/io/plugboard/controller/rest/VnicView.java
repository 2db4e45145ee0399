package io.plugboard.controller.rest;

import io.plugboard.controller.observe.MigrationStatus;
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
 * @param addresses texts, and an {@link AddressView} where a VLAN is given
 * @param rxFilter none while it is unknown
 * @param migration none while none is prepared
 * @param leaving none when no place that it has left is open any more
 */
record VnicView(
        String id,
        String bridge,
        Object port,
        String mac,
        String portGroup,
        SecurityView security,
        List<String> allowedMacs,
        List<Object> addresses,
        boolean multicastRouter,
        @Nullable RxFilterView rxFilter,
        int slot,
        String source,
        @Nullable MigrationView migration,
        @Nullable PlaceView leaving,
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

    /** A place that it has left. */
    record PlaceView(String bridge, Object port) {}

    static VnicView of(
            Attachment attachment,
            Optional<VnicStatus> status,
            Optional<MigrationStatus> migration,
            Optional<VnicCounters> counters) {
        Vnic vnic = attachment.vnic();
        return new VnicView(
                vnic.id().text(),
                vnic.place().bridge().toString(),
                port(vnic.place().port()),
                vnic.mac().toString(),
                vnic.portGroup().text(),
                SecurityView.of(vnic.security()),
                RxFilterView.texts(vnic.allowedMacs()),
                AddressView.ofAll(vnic.addresses()),
                vnic.multicastRouter(),
                attachment.rxFilter().map(RxFilterView::of).orElse(null),
                attachment.slot(),
                text(vnic.source()),
                attachment
                        .prepared()
                        .map(seat -> MigrationView.of(seat, migration))
                        .orElse(null),
                attachment
                        .departing()
                        .map(seat -> new PlaceView(
                                seat.place().bridge().toString(),
                                port(seat.place().port())))
                        .orElse(null),
                attachment.revision(),
                Status.of(vnic, status, counters));
    }

    static String text(VnicStatus.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String text(Vnic.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    static Object port(PortRef port) {
        return port instanceof PortRef.ByNumber numbered
                ? (Object) Integer.toUnsignedLong(numbered.number())
                : port.toString();
    }
}
