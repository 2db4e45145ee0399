package io.plugboard.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A frame that a station of the network sends, when it is said who receives it.
 *
 * @param ipv4Destination in the header of IPv4; 0 for none
 * @param times how often it is sent
 */
record SentFrame(Network network, String from, Frame frame, int ipv4Destination, int times) {
    private static final long IPV4_GROUPS = 0x0100_5e00_0000L;
    private static final int GROUP_BITS = 0x7fffff;

    /** @param vlan the ids of its tags, outermost first */
    SentFrame tagged(int... vlan) {
        Frame tagged = frame;
        for (int index = vlan.length - 1; index >= 0; index--) {
            tagged = tagged.tagged(vlan[index]);
        }
        return with(tagged);
    }

    SentFrame tagged(VlanTag outer) {
        return with(frame.tagged(outer));
    }

    /** @param source a vNIC, whose MAC it is, or a MAC */
    SentFrame withSource(String source) {
        return with(new Frame(
                frame.destination(),
                network.address(source),
                frame.tags(),
                frame.etherType(),
                frame.ipProtocol(),
                frame.icmpv6Type()));
    }

    SentFrame igmp() {
        return with(
                Frame.ipv4(frame.destination(), frame.source(), IpProtocol.IGMP).withTags(frame.tags()));
    }

    SentFrame icmpv6(int type) {
        return with(Frame.icmpv6(frame.destination(), frame.source(), type).withTags(frame.tags()));
    }

    /** To a group of IPv4, and to the MAC that it has with 31 others (RFC 1112, section 6.4). */
    SentFrame udpTo(String group) {
        int address = InetAddresses.coerceToInteger(InetAddresses.forString(group));
        MacAddress mac = new MacAddress(IPV4_GROUPS | address & GROUP_BITS);
        Frame udp = Frame.ipv4(mac, frame.source(), IpProtocol.UDP).withTags(frame.tags());
        return new SentFrame(network, from, udp, address, times);
    }

    SentFrame times(int count) {
        return new SentFrame(network, from, frame, ipv4Destination, count);
    }

    private SentFrame with(Frame other) {
        return new SentFrame(network, from, other, ipv4Destination, times);
    }

    /**
     * Each of these receives it, once for each time that it is sent, and nobody else does.
     *
     * @param receivers stations, in any order, with the tags that the frame has there: {@code a}, {@code up1[100]}
     */
    void isReceivedBy(String... receivers) {
        List<String> expected = new ArrayList<>();
        for (String receiver : receivers) {
            expected.addAll(Collections.nCopies(times, receiver));
        }
        assertThat(network.send(this).stream().map(Copy::toString))
                .as(toString())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    void isReceivedByNobody() {
        isReceivedBy();
    }

    @Override
    public String toString() {
        return "frame from " + from + ", " + frame;
    }
}
