package io.plugboard.compiler.scenario;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.frame.VlanTag;

/**
 * A frame that enters the bridge of a scenario.
 *
 * @param from the name of the port
 */
public record SentFrame(Scenario scenario, String from, Frame frame) {

    /** @param vlan the ids of its tags, outermost first */
    public SentFrame tagged(int... vlan) {
        Frame tagged = frame;
        for (int index = vlan.length - 1; index >= 0; index--) {
            tagged = tagged.tagged(vlan[index]);
        }
        return with(tagged);
    }

    public SentFrame tagged(VlanTag outer) {
        return with(frame.tagged(outer));
    }

    /** @param source a vNIC, whose MAC it is, or a MAC */
    public SentFrame withSource(String source) {
        return with(new Frame(
                frame.destination(),
                scenario.address(source),
                frame.tags(),
                frame.etherType(),
                frame.ipProtocol(),
                frame.icmpv6Type()));
    }

    public SentFrame igmp() {
        return with(
                Frame.ipv4(frame.destination(), frame.source(), IpProtocol.IGMP).withTags(frame.tags()));
    }

    public SentFrame icmpv6(int type) {
        return with(Frame.icmpv6(frame.destination(), frame.source(), type).withTags(frame.tags()));
    }

    private SentFrame with(Frame other) {
        return new SentFrame(scenario, from, other);
    }

    @Override
    public String toString() {
        return "frame from " + from + ", " + frame;
    }
}
