package io.plugboard.agent.netns;

import io.plugboard.topology.model.MacAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network device, as a line of {@code ip -d -o link} shows it.
 *
 * @param peerIndex the ifindex of its other end, in that end's namespace; of a veth alone: what else is on top of a device
 *     outside, such as a macvlan, is not plugged into it
 * @param promiscuous whether anything has made it so, a running tcpdump too: it counts in "promiscuity" and is no flag there
 */
record Link(
        int index,
        String name,
        Optional<Integer> peerIndex,
        MacAddress mac,
        boolean promiscuous,
        boolean allMulticast) {
    private static final Pattern LINE =
            Pattern.compile("(?<index>\\d+): (?<name>[^:@\\s]+)(?:@(?:if(?<peer>\\d+)|\\S+))?:"
                    + " <(?<flags>[^>]*)>.*link/ether (?<mac>[0-9a-f:]+) .*?promiscuity (?<promiscuity>\\d+)"
                    + "(?:.*? allmulti (?<allmulti>\\d+))?.*");
    private static final String VETH = "\\    veth ";
    private static final Pattern GONE = Pattern.compile("Deleted (?<index>\\d+): .*");

    /**
     * Empty for what is no Ethernet device, or has no address that a network card can own: such as gretap0, which the kernel
     * puts into every namespace once it knows GRE, with the address 0.
     */
    static Optional<Link> read(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        MacAddress mac = MacAddress.parse(matcher.group("mac"));
        if (mac.isGroup() || mac.bits() == 0) {
            return Optional.empty();
        }
        String allmulti = matcher.group("allmulti");
        return Optional.of(new Link(
                Integer.parseInt(matcher.group("index")),
                matcher.group("name"),
                Optional.ofNullable(matcher.group("peer"))
                        .filter(peer -> line.contains(VETH))
                        .map(Integer::valueOf),
                mac,
                !matcher.group("promiscuity").equals("0"),
                allmulti == null ? matcher.group("flags").contains("ALLMULTI") : !allmulti.equals("0")));
    }

    /** The index of the device that has gone, if the line says so. */
    static Optional<Integer> gone(String line) {
        Matcher matcher = GONE.matcher(line);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group("index"))) : Optional.empty();
    }
}
