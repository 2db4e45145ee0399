package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.change.TopologyChange.MigrationPrepared;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VnicId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A migration that is prepared, as the API takes and shows it.
 *
 * @param port its name, a string, or its number, unsigned
 */
record MigrationView(String bridge, Object port, String activateOn, String state, String reason) {
    private static final Map<String, ActivateOn> ACTIVATE_ON =
            Map.of("request", ActivateOn.REQUEST, "firstFrame", ActivateOn.FIRST_FRAME);

    static Optional<MigrationPrepared> read(VnicId id, JsonNode node, Findings findings) {
        return Fields.of(node, "", findings).flatMap(fields -> {
            Optional<DatapathId> bridge = fields.required("bridge", Fields.text(DatapathId::parse));
            Optional<PortRef> port = fields.required("port", VnicResource::port);
            Optional<ActivateOn> activateOn = fields.optional("activateOn", Fields.word("activateOn", ACTIVATE_ON));
            fields.nothingElse();
            return bridge.flatMap(dpid -> port.map(
                    ref -> new MigrationPrepared(id, new Place(dpid, ref), activateOn.orElse(ActivateOn.REQUEST))));
        });
    }

    /** @param status empty when it was prepared so lately that nobody has looked at it */
    static MigrationView of(SecondSeat.Prepared seat, Optional<MigrationStatus> status) {
        MigrationStatus seen = status.orElseGet(() -> new MigrationStatus(MigrationStatus.State.PENDING, "it is new"));
        return new MigrationView(
                seat.place().bridge().toString(),
                VnicView.port(seat.place().port()),
                seat.activateOn() == ActivateOn.FIRST_FRAME ? "firstFrame" : "request",
                seen.state().name().toLowerCase(Locale.ROOT),
                seen.reason());
    }
}
