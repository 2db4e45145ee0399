package io.plugboard.ovsdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Words of the server's side; single quotes stand for double ones. */
final class Database {
    static final UUID ROOT = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    static final UUID BRIDGE = UUID.fromString("00000000-0000-4000-8000-0000000000b1");
    static final UUID PORT = UUID.fromString("00000000-0000-4000-8000-0000000000c1");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Database() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Open vSwitch's, as far as rows are read. */
    static ObjectNode schema() {
        ObjectNode schema = JSON.createObjectNode();
        for (Table table : Table.values()) {
            ObjectNode columns = schema.withObject("/tables/" + table.title() + "/columns");
            for (String column : table.columns()) {
                JsonNode type = switch (column) {
                    case "external_ids", "other_config" ->
                        json("{'key':'string','value':'string','min':0,'max':'unlimited'}");
                    case "ports", "controller", "interfaces", "protocols" ->
                        json("{'key':'uuid','min':0,'max':'unlimited'}");
                    case "trunks" -> json("{'key':'integer','min':0,'max':4096}");
                    case "name", "type" -> json("'string'");
                    case "error" -> json("{'key':'string','min':0,'max':1}");
                    default -> json("{'key':'string','min':0}");
                };
                columns.putObject(column).set("type", type);
            }
        }
        return schema;
    }

    /** A root and a bridge {@code br0}, told with this word: {@code initial} or {@code new}. */
    static String rows(String word) {
        return "{'Open_vSwitch':{'" + ROOT + "':{'" + word + "':{'external_ids':['map',[['system-id','one']]]}}},"
                + "'Bridge':{'" + BRIDGE + "':{'" + word + "':{'name':'br0','ports':['uuid','" + PORT + "']}}}}";
    }

    /** A notification of {@code monitor_cond_since}. */
    static String update(String tables) {
        return "{'method':'update3','params':['plugboard','" + Followed.NEVER + "'," + tables + "],'id':null}";
    }

    static String changedBridge(String columns) {
        return update("{'Bridge':{'" + BRIDGE + "':{'modify':" + columns + "}}}");
    }
}
