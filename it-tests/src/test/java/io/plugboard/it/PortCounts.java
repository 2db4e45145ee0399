package io.plugboard.it;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How many frames the ports of a dummy bridge have counted, by number.
 *
 * @param received frames that have been taken from the port
 * @param sent copies that have left by it
 */
record PortCounts(Map<Integer, Integer> received, Map<Integer, Integer> sent) {
    private static final Pattern PORT = Pattern.compile("port +(\\d+): rx pkts=(\\d+).*\\s+tx pkts=(\\d+)");

    static PortCounts of(DummyBridge bridge) {
        Map<Integer, Integer> received = new HashMap<>();
        Map<Integer, Integer> sent = new HashMap<>();
        PORT.matcher(bridge.ovs().ofctl("dump-ports", bridge.name())).results().forEach(port -> {
            received.put(number(port, 1), number(port, 2));
            sent.put(number(port, 1), number(port, 3));
        });
        return new PortCounts(received, sent);
    }

    private static int number(MatchResult port, int group) {
        return Integer.parseInt(port.group(group));
    }

    /**
     * Has a frame come in by a port, and gives the copies that have left by each port since, as soon as all are out: the thread
     * that takes a frame from its port sends all of its copies before it answers for the counters.
     */
    static Map<Integer, Integer> copiesOf(DummyBridge bridge, int port, String hex) {
        PortCounts before = of(bridge);
        bridge.ovs().appctl("netdev-dummy/receive", bridge.port(port), hex);
        PortCounts after = Eventually.get(() -> of(bridge), now -> now.received.get(port) > before.received.get(port));
        Map<Integer, Integer> copies = new HashMap<>();
        after.sent.forEach((number, count) -> copies.put(number, count - before.sent.get(number)));
        return copies;
    }
}
