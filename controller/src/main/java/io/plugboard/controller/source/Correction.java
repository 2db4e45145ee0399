package io.plugboard.controller.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.row.BridgeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a bridge that is marked as ours is set to, where it is not: closed when no controller is there, without hidden rules,
 * and with a controller if it has none. One that has some keeps them as they are.
 *
 * @param settings what is changed, for people
 */
record Correction(List<String> settings, List<Operation> operations) {
    private static final String BRIDGE = "Bridge";
    private static final String OPENFLOW_13 = "OpenFlow13";

    /** ms, after which the bridge tries again at the latest when the controller was away. */
    private static final int MAX_BACKOFF = 1000;

    Correction {
        settings = List.copyOf(settings);
        operations = List.copyOf(operations);
    }

    /** @param target the controller that a bridge without one is given, such as {@code tcp:192.0.2.1:6653} */
    static Correction of(BridgeRow bridge, String target) {
        List<String> settings = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        if (!isSecure(bridge)) {
            settings.add("fail_mode=secure");
            operations.add(
                    new Operation.Update(BRIDGE, bridge.uuid(), Map.of("fail_mode", TextNode.valueOf("secure"))));
        }
        if (!isWithoutInBand(bridge)) {
            settings.add("other_config:disable-in-band=true");
            operations.add(new Operation.PutKeys(
                    BRIDGE, bridge.uuid(), "other_config", Map.of("disable-in-band", "true"), Set.of()));
        }
        if (bridge.controllers().isEmpty()) {
            settings.add("controller=" + target);
            Map<String, JsonNode> columns =
                    Map.of("target", TextNode.valueOf(target), "max_backoff", IntNode.valueOf(MAX_BACKOFF));
            operations.add(new Operation.Insert("Controller", "plugboard", columns));
            operations.add(new Operation.AddReference(BRIDGE, bridge.uuid(), "controller", "plugboard"));
        }
        if (!operations.isEmpty()) {
            operations.add(new Operation.Comment("plugboard: bridge " + bridge.name() + ": " + settings));
        }
        return new Correction(settings, operations);
    }

    boolean isNeeded() {
        return !operations.isEmpty();
    }

    private static boolean isSecure(BridgeRow bridge) {
        return bridge.failMode().filter("secure"::equals).isPresent();
    }

    private static boolean isWithoutInBand(BridgeRow bridge) {
        return "true".equals(bridge.otherConfig().get("disable-in-band"));
    }

    /** What is wrong with a bridge that is not ours to correct, or cannot be corrected, a sentence each. */
    static List<String> problems(BridgeRow bridge, boolean isCorrected) {
        List<String> problems = new ArrayList<>();
        if (!isCorrected && !isSecure(bridge)) {
            problems.add("fail_mode is not secure: a learning rule covers the flows when no controller is connected");
        }
        if (!isCorrected && !isWithoutInBand(bridge)) {
            problems.add("other_config:disable-in-band is not true: hidden rules let forged frames pass");
        }
        if (!bridge.protocols().isEmpty() && !bridge.protocols().contains(OPENFLOW_13)) {
            problems.add("protocols lacks " + OPENFLOW_13 + ": the bridge cannot be programmed");
        }
        return problems;
    }
}
