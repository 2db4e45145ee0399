package io.plugboard.it;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.frame.VlanTag;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ofproto/trace (ovs-vswitchd(8)) says in the end that a frame's copies go to, and with which tags. */
public final class DatapathActions {
    private static final Pattern ACTIONS = Pattern.compile("Datapath actions: (.*)");

    /** A copy to the controller, with the meter before it where there is one. It leaves by no port. */
    private static final Pattern TO_CONTROLLER = Pattern.compile(
            "(sample\\(sample=100\\.0%,actions\\()?(meter\\(\\d+\\),)?userspace\\([^()]*\\([^()]*\\)\\)(\\)\\))?");

    private static final Pattern BETWEEN_ACTIONS = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern ACTION = Pattern.compile("drop|(?<port>\\d+)|(?<pop>pop_vlan)"
            + "|push_vlan\\((tpid=0x(?<tpid>[0-9a-f]+),)?vid=(?<id>\\d+),pcp=(?<priority>\\d)\\)");

    private DatapathActions() {}

    /** @param datapathPort the datapath's number of a port, not OpenFlow's */
    public record Copy(int datapathPort, Frame frame) {}

    /**
     * The copies, in their order.
     *
     * @param trace what it has printed
     * @throws IllegalStateException when there is an action in it that has no word here
     */
    public static List<Copy> in(String trace, Frame frame) {
        Matcher actions = ACTIONS.matcher(trace);
        if (!actions.find()) {
            throw new IllegalStateException("no actions in " + trace);
        }
        List<Copy> copies = new ArrayList<>();
        Frame current = frame;
        String withoutCopies = TO_CONTROLLER.matcher(actions.group(1)).replaceAll("drop");
        for (String text : BETWEEN_ACTIONS.split(withoutCopies)) {
            Matcher action = ACTION.matcher(text);
            if (!action.matches()) {
                throw new IllegalStateException("what is " + text + " in " + trace);
            } else if (action.group("port") != null) {
                copies.add(new Copy(Integer.parseInt(action.group("port")), current));
            } else if (action.group("pop") != null) {
                current = current.untagged();
            } else if (action.group("id") != null) {
                int tpid = action.group("tpid") == null ? EtherType.VLAN : Integer.parseInt(action.group("tpid"), 16);
                current = current.tagged(new VlanTag(
                        tpid, Integer.parseInt(action.group("id")), Integer.parseInt(action.group("priority"))));
            }
        }
        return copies;
    }
}
