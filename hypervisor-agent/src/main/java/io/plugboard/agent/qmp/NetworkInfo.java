package io.plugboard.agent.qmp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the human monitor's {@code info network} says: nothing of QMP tells which tap a card has. A card's line is followed by an
 * indented one of its peer:
 *
 * <pre>
 * net0: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:00:00:01
 *  \ hn0: index=0,type=tap,ifname=vnet0,script=no,downscript=no
 * </pre>
 */
final class NetworkInfo {
    private static final Pattern CARD = Pattern.compile("(\\S+): index=\\d+,type=nic,.*");
    private static final Pattern TAP = Pattern.compile(" \\\\ \\S+: index=\\d+,type=tap,(?:.*,)?ifname=([^,\\s]+).*");

    private NetworkInfo() {}

    /** The taps of the cards that have one whose name QEMU knows, by the names of the cards. */
    static Map<String, String> taps(String text) {
        Map<String, String> taps = new LinkedHashMap<>();
        String card = "";
        for (String line : text.lines().toList()) {
            Matcher ofCard = CARD.matcher(line);
            Matcher ofTap = TAP.matcher(line);
            if (ofCard.matches()) {
                card = ofCard.group(1);
            } else if (ofTap.matches() && !card.isEmpty()) {
                taps.put(card, ofTap.group(1));
            } else if (!line.startsWith(" ")) {
                card = "";
            }
        }
        return taps;
    }
}
