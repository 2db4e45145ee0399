package io.plugboard.controller.store.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.topology.SecondSeat;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;

/** The other place of a vNIC that migrates as the text of one column. */
final class SeatText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SeatText() {}

    static String of(SecondSeat seat) {
        ObjectNode json = JSON.createObjectNode();
        json.put("bridge", seat.place().bridge().toString());
        if (seat.place().port() instanceof PortRef.ByName named) {
            json.put("portName", named.name());
        } else if (seat.place().port() instanceof PortRef.ByNumber numbered) {
            json.put("portNumber", Integer.toUnsignedLong(numbered.number()));
        }
        json.put("slot", seat.slot());
        json.put("uplinkSlot", seat.pin().slot());
        if (seat instanceof SecondSeat.Prepared prepared) {
            json.put("activateOn", prepared.activateOn().name());
        }
        return json.toString();
    }

    /** @throws IllegalArgumentException when it is none */
    static SecondSeat seat(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            PortRef port = json.has("portName")
                    ? new PortRef.ByName(json.get("portName").asText())
                    : new PortRef.ByNumber((int) json.required("portNumber").asLong());
            Place place = new Place(DatapathId.parse(json.required("bridge").asText()), port);
            int slot = json.required("slot").asInt();
            UplinkPin pin = new UplinkPin(json.required("uplinkSlot").asInt());
            return json.has("activateOn")
                    ? new SecondSeat.Prepared(
                            place,
                            slot,
                            pin,
                            ActivateOn.valueOf(json.get("activateOn").asText()))
                    : new SecondSeat.Departing(place, slot, pin);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not a vNIC's other place: " + text, broken);
        }
    }
}
