package io.plugboard.compiler.property;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Metadata;
import io.plugboard.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be true of a program before any frame meets it: that a switch takes it, and that it is as declared. */
final class ProgramVerifier {
    /** Open vSwitch drops a frame that passes more groups one after the other. */
    private static final int MAX_LINK = 64;

    private final FlowProgram program;
    private final List<String> violations = new ArrayList<>();

    private ProgramVerifier(FlowProgram program) {
        this.program = program;
    }

    /** A sentence for each violation. */
    static List<String> violations(FlowProgram program) {
        ProgramVerifier verifier = new ProgramVerifier(program);
        verifier.verify();
        return verifier.violations;
    }

    private void verify() {
        for (FlowTable table : FlowTable.values()) {
            missIsAsDeclared(table);
        }
        List<Flow> flows = List.copyOf(program.flows().values());
        for (Flow flow : flows) {
            keepsToItsTable(flow);
            isNamedByItsCookie(flow);
            hasItsPrerequisites(flow);
            writesMetadataThatIsDeclared(flow);
            touchesATagOnlyWhereThereIsOne(flow, flow.instructions().apply());
            touchesATagOnlyWhereThereIsOne(flow, flow.instructions().write());
            flow.instructions().apply().forEach(action -> groupExists(action, flow.toString()));
            flow.instructions().write().forEach(action -> groupExists(action, flow.toString()));
        }
        for (int one = 0; one < flows.size(); one++) {
            for (int other = one + 1; other < flows.size() && samePriority(flows.get(one), flows.get(other)); other++) {
                differOrDoTheSame(flows.get(one), flows.get(other));
            }
        }
        program.groups().values().forEach(this::leadsOnlyDown);
    }

    private void missIsAsDeclared(FlowTable table) {
        Flow miss = program.flows().get(new FlowKey(table.id(), 0, Match.any()));
        Instructions declared = table.missGoesTo().map(Instructions::goTo).orElse(Instructions.DROP);
        check(
                miss != null && miss.instructions().equals(declared),
                "a miss in table " + table + " is " + miss + ", not " + declared);
    }

    private void keepsToItsTable(Flow flow) {
        FlowTable table = flow.rule().table();
        check(table.matchFields().containsAll(flow.match().fields()), "matches fields not of its table: " + flow);
        check(
                flow.instructions().goTo().map(table.nextTables()::contains).orElse(true),
                "goes to a table not next to its own: " + flow);
    }

    private void isNamedByItsCookie(Flow flow) {
        Cookie cookie = flow.cookie();
        check(
                cookie.rule().equals(Optional.of(flow.rule())) && cookie.owner().equals(Optional.of(flow.owner())),
                "is not named by its cookie: " + flow);
    }

    /** OpenFlow 1.3.5, 7.2.3.6: else the switch says OFPBMC_BAD_PREREQ. */
    private void hasItsPrerequisites(Flow flow) {
        Match match = flow.match();
        long etherType = match.value(MatchField.ETH_TYPE);
        if (match.matches(MatchField.IP_PROTO)) {
            check(etherType == EtherType.IPV4 || etherType == EtherType.IPV6, "lacks its eth_type: " + flow);
        }
        if (match.matches(MatchField.ICMPV6_TYPE)) {
            check(
                    etherType == EtherType.IPV6 && match.value(MatchField.IP_PROTO) == IpProtocol.ICMPV6,
                    "lacks its ip_proto: " + flow);
        }
    }

    private void writesMetadataThatIsDeclared(Flow flow) {
        check(
                flow.instructions()
                        .metadata()
                        .map(write -> (write.mask() & ~Metadata.USED_BITS) == 0)
                        .orElse(true),
                "writes metadata that is not declared: " + flow);
    }

    /** Open vSwitch refuses to set or pop a tag in a flow whose match does not say that there is one. */
    private void touchesATagOnlyWhereThereIsOne(Flow flow, List<Action> actions) {
        Match match = flow.match();
        boolean tagged = (match.value(MatchField.VLAN_VID) & Match.VID_PRESENT) != 0;
        for (Action action : actions) {
            if (action instanceof Action.PushVlan) {
                tagged = true;
            } else if (action instanceof Action.SetVlan || action instanceof Action.PopVlan) {
                check(tagged, "touches a tag where there need not be one: " + flow);
                tagged = action instanceof Action.SetVlan;
            }
        }
    }

    private void groupExists(Action action, String where) {
        if (action instanceof Action.ToGroup to) {
            check(program.groups().containsKey(to.group()), "no group " + to.group() + ": " + where);
        }
    }

    private static boolean samePriority(Flow one, Flow other) {
        return one.rule().table() == other.rule().table()
                && one.rule().priority() == other.rule().priority();
    }

    /** A frame that both match would be the switch's to decide. */
    private void differOrDoTheSame(Flow one, Flow other) {
        check(
                one.instructions().equals(other.instructions())
                        || !overlap(one.match(), other.match())
                        || isOfAnotherClass(one.match(), other.match())
                        || isOfAnotherClass(other.match(), one.match()),
                "ambiguous: " + one + " and " + other);
    }

    /** Table SEGMENT gives a VLAN one class at most: a flow by VLAN and one by another class never meet the same frame. */
    private boolean isOfAnotherClass(Match byVlan, Match byClass) {
        if (!byVlan.isExact(MatchField.VLAN_VID)
                || (byClass.mask(MatchField.METADATA) & Metadata.CLASS_MASK) != Metadata.CLASS_MASK) {
            return false;
        }
        long classBits = byClass.value(MatchField.METADATA) & Metadata.CLASS_MASK;
        Match vlan = Match.any().with(MatchField.VLAN_VID, byVlan.value(MatchField.VLAN_VID));
        return program.flows().values().stream()
                .filter(flow -> flow.rule() == Rule.SEGMENT_CLASS && overlap(flow.match(), vlan))
                .noneMatch(flow -> flow.instructions()
                        .metadata()
                        .map(write -> write.value() == classBits)
                        .orElse(false));
    }

    private static boolean overlap(Match one, Match other) {
        for (MatchField field : MatchField.values()) {
            if (((one.value(field) ^ other.value(field)) & one.mask(field) & other.mask(field)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sending groups by descending id is leaves first, and there is no loop. */
    private void leadsOnlyDown(Group group) {
        int outputs = 0;
        for (List<Action> bucket : group.buckets()) {
            for (Action action : bucket) {
                groupExists(action, group.toString());
                if (action instanceof Action.ToGroup to) {
                    GroupId next = to.group();
                    check(next.compareTo(group.id()) > 0, "does not lead down: " + group);
                } else if (action instanceof Action.Output) {
                    outputs++;
                }
            }
        }
        check(outputs <= MAX_LINK, "is longer than a link: " + group);
        check(group.id().isOurs(), "has not one of our ids: " + group);
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
