package io.plugboard.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.topology.model.DatapathId;
import java.util.List;

/**
 * One operation of a transaction.
 *
 * @param value null for a deletion
 */
public record Operation(String op, String path, JsonNode value) {

    /** @param vlan 0 is untagged */
    public static Operation putPortGroup(String name, int vlan) {
        ObjectNode value = object();
        ObjectNode mode = value.putObject("vlan");
        if (vlan == 0) {
            mode.put("mode", "untagged");
        } else {
            mode.put("mode", "access").put("id", vlan);
        }
        return new Operation("put", "/port-groups/" + name, value);
    }

    public static Operation putBridge(DatapathId dpid, String... uplinks) {
        ObjectNode value = object();
        List.of(uplinks).forEach(value.putArray("uplinks")::add);
        return new Operation("put", "/bridges/" + dpid, value);
    }

    /** One whose vNICs are not announced: whoever counts its frames counts those that a test has sent. */
    static Operation putQuietBridge(DatapathId dpid, String... uplinks) {
        ObjectNode value = object();
        List.of(uplinks).forEach(value.putArray("uplinks")::add);
        value.put("notifySwitches", false);
        return new Operation("put", "/bridges/" + dpid, value);
    }

    public static Operation putVnic(String id, DatapathId bridge, String port, String mac, String portGroup) {
        ObjectNode value = object();
        value.put("bridge", bridge.toString());
        value.put("port", port);
        value.put("mac", mac);
        value.put("portGroup", portGroup);
        return new Operation("put", "/vnics/" + id, value);
    }

    public static Operation deleteVnic(String id) {
        return new Operation("delete", "/vnics/" + id, NullNode.getInstance());
    }

    ObjectNode json() {
        ObjectNode json = object();
        json.put("op", op);
        json.put("path", path);
        if (!value.isNull()) {
            json.set("value", value);
        }
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
