package io.plugboard.topology.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An IPv6 address (RFC 4291): 128 bits, the first octet on the wire the most significant.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Ipv6Address(long high, long low) implements IpAddress {
    private static final int GROUPS = 8;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    public static final Ipv6Address UNSPECIFIED = new Ipv6Address(0, 0);
    private static final Ipv6Address LOOPBACK = new Ipv6Address(0, 1);

    /**
     * Reads any form of RFC 4291, section 2.2: {@code 2001:db8:0:0:0:0:0:1}, {@code 2001:db8::1},
     * {@code ::ffff:192.0.2.1}.
     *
     * @throws IllegalArgumentException when the text is something else; the message names the text
     */
    public static Ipv6Address parse(String text) {
        String spelled = text.strip();
        int gap = spelled.indexOf("::");
        try {
            if (gap < 0) {
                List<Integer> groups = groups(spelled, true);
                require(groups.size() == GROUPS);
                return of(groups);
            }
            List<Integer> groups = new ArrayList<>(groups(spelled.substring(0, gap), false));
            List<Integer> last = groups(spelled.substring(gap + 2), true);
            require(groups.size() + last.size() < GROUPS);
            while (groups.size() + last.size() < GROUPS) {
                groups.add(0);
            }
            groups.addAll(last);
            return of(groups);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an IP address such as 192.0.2.1 or 2001:db8::1", wrong);
        }
    }

    /** @param isEnd whether the address ends here, so that the last two groups may be in dotted decimal */
    private static List<Integer> groups(String text, boolean isEnd) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.split(":", -1);
        for (int index = 0; index < parts.length; index++) {
            String part = parts[index];
            if (isEnd && index == parts.length - 1 && part.indexOf('.') >= 0) {
                int ipv4 = Ipv4Address.parse(part).bits();
                groups.add(ipv4 >>> 16);
                groups.add(ipv4 & 0xffff);
            } else {
                require(GROUP.matcher(part).matches());
                groups.add(Integer.parseInt(part, 16));
            }
        }
        return groups;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not an IPv6 address");
        }
    }

    private static Ipv6Address of(List<Integer> groups) {
        long high = 0;
        long low = 0;
        for (int index = 0; index < GROUPS; index++) {
            high = high << 16 | low >>> 48;
            low = low << 16 | groups.get(index);
        }
        return new Ipv6Address(high, low);
    }

    @Override
    public byte[] octets() {
        byte[] octets = new byte[16];
        for (int index = 0; index < 8; index++) {
            octets[index] = (byte) (high >>> 8 * (7 - index));
            octets[8 + index] = (byte) (low >>> 8 * (7 - index));
        }
        return octets;
    }

    /** ff00::/8 (RFC 4291, section 2.7). */
    @Override
    public boolean isMulticast() {
        return high >>> 56 == 0xff;
    }

    /** fe80::/10 (RFC 4291, section 2.4). */
    public boolean isLinkLocal() {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    /** An IPv4 address in an IPv6 one's form, ::ffff:0:0/96: it is never on the wire (RFC 4291, section 2.5.5.2). */
    public boolean isIpv4Mapped() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    @Override
    public boolean isUnspecified() {
        return equals(UNSPECIFIED);
    }

    @Override
    public boolean isAssignable() {
        return !isUnspecified() && !equals(LOOPBACK) && !isMulticast() && !isIpv4Mapped();
    }

    @Override
    public int compareTo(IpAddress other) {
        if (!(other instanceof Ipv6Address same)) {
            return 1;
        }
        int order = Long.compareUnsigned(high, same.high);
        return order != 0 ? order : Long.compareUnsigned(low, same.low);
    }

    /** The one form of RFC 5952: {@code 2001:db8::1}, {@code ::ffff:192.0.2.1}. */
    @Override
    public String toString() {
        if (isIpv4Mapped()) {
            return "::ffff:" + new Ipv4Address((int) low);
        }
        int gap = 0;
        int gapEnd = 0;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && group(end) == 0) {
                end++;
            }
            if (end - start >= 2 && end - start > gapEnd - gap) {
                gap = start;
                gapEnd = end;
            }
        }
        if (gapEnd == 0) {
            return joined(0, GROUPS);
        }
        return joined(0, gap) + "::" + joined(gapEnd, GROUPS);
    }

    private String joined(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int index = from; index < to; index++) {
            text.append(index == from ? "" : ":").append(Integer.toHexString(group(index)));
        }
        return text.toString();
    }

    private int group(int index) {
        return (int) ((index < 4 ? high : low) >>> 16 * (3 - index % 4)) & 0xffff;
    }
}
