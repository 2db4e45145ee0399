package io.plugboard.agent.netns;

import io.plugboard.topology.model.MacAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The multicast addresses that devices listen to, as {@code /proc/net/dev_mcast} lists them: index, name, users, global users,
 * address.
 */
final class Memberships {
    private static final Pattern LINE = Pattern.compile("\\s*(\\d+)\\s+\\S+\\s+\\d+\\s+\\d+\\s+([0-9a-f]{12})\\s*");

    private Memberships() {}

    /** By the index of the device. */
    static Map<Integer, SortedSet<MacAddress>> read(String text) {
        Map<Integer, SortedSet<MacAddress>> memberships = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                MacAddress mac = MacAddress.parse(matcher.group(2));
                if (mac.isGroup()) {
                    memberships
                            .computeIfAbsent(Integer.valueOf(matcher.group(1)), unused -> new TreeSet<>())
                            .add(mac);
                }
            }
        }
        return memberships;
    }
}
