package io.plugboard.agent.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.util.Collection;

/** A receive filter as the controller's REST API, and so the key of the Interface, has it. The same filter gives the same text. */
final class FilterJson {
    private FilterJson() {}

    static String of(RxFilter filter) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("mac", filter.mac().toString())
                .put("promiscuous", filter.promiscuous())
                .put("allMulticast", filter.allMulticast());
        put(json.putArray("multicast"), filter.multicast());
        put(json.putArray("unicast"), filter.unicast());
        filter.vlans().ifPresent(vlans -> {
            ArrayNode ranges = json.putArray("vlans");
            vlans.ranges().forEach(range -> ranges.add(range.toString()));
        });
        return json.toString();
    }

    private static void put(ArrayNode array, Collection<MacAddress> macs) {
        macs.forEach(mac -> array.add(mac.toString()));
    }
}
