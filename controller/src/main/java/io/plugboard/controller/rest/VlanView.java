package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A VLAN mode as the API takes and shows it.
 *
 * @param id of mode access
 * @param ids of mode trunk: ids and ranges, ascending
 */
record VlanView(String mode, @Nullable Integer id, @Nullable List<String> ids) {
    private enum Mode {
        UNTAGGED,
        ACCESS,
        TRUNK
    }

    private static final Map<String, Mode> MODES =
            Map.of("untagged", Mode.UNTAGGED, "access", Mode.ACCESS, "trunk", Mode.TRUNK);

    static Optional<VlanMode> read(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<Mode> mode = fields.required("mode", Fields.word("a VLAN mode", MODES));
            Optional<VlanMode> vlan = mode.flatMap(known -> ofMode(known, fields));
            if (mode.isPresent()) {
                fields.nothingElse();
            }
            return vlan;
        });
    }

    private static Optional<VlanMode> ofMode(Mode mode, Fields fields) {
        switch (mode) {
            case UNTAGGED:
                return Optional.of(new VlanMode.Untagged());
            case ACCESS:
                return fields.required("id", Fields.integer(VlanView::access));
            case TRUNK:
                return fields.required("ids", VlanView::readSet).map(VlanMode.Trunk::new);
        }
        throw new AssertionError(mode);
    }

    private static VlanMode access(long id) {
        if (id != (int) id) {
            throw new IllegalArgumentException("an access VLAN is 1 to " + VlanId.MAX + ", not " + id);
        }
        return new VlanMode.Access(new VlanId((int) id));
    }

    /** Ids and ranges, {@code ["100-199", "300"]}; an id may be a number too. */
    static Optional<VlanSet> readSet(JsonNode node, String pointer, Findings findings) {
        return Fields.list(VlanView::idOrRange)
                .read(node, pointer, findings)
                .flatMap(texts -> Fields.parsed(() -> VlanSet.parse(texts), pointer, findings));
    }

    private static Optional<String> idOrRange(JsonNode node, String pointer, Findings findings) {
        if (Fields.isInteger(node)) {
            return Fields.integer(id -> parsed(Long.toString(id))).read(node, pointer, findings);
        } else if (node.isTextual()) {
            return Fields.text(VlanView::parsed).read(node, pointer, findings);
        }
        findings.unreadable(pointer, "must be a VLAN id or a range such as '100-199', not " + Fields.shown(node));
        return Optional.empty();
    }

    private static String parsed(String text) {
        return VlanSet.parse(List.of(text)).toString();
    }

    static VlanView of(VlanMode vlan) {
        if (vlan instanceof VlanMode.Access access) {
            return new VlanView("access", access.id().value(), null);
        } else if (vlan instanceof VlanMode.Trunk trunk) {
            return new VlanView("trunk", null, texts(trunk.vlans()));
        }
        return new VlanView("untagged", null, null);
    }

    static List<String> texts(VlanSet vlans) {
        return vlans.ranges().stream().map(VlanSet.Range::toString).toList();
    }
}
