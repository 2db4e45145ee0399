package io.plugboard.compiler.ir;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Flows and groups in the syntax of {@code ovs-ofctl -O OpenFlow13} (ovs-actions(7), ovs-fields(7)). */
public final class OfctlText {

    private OfctlText() {}

    static String of(Flow flow) {
        return "cookie=" + flow.cookie() + ", " + of(flow.key(), flow.instructions());
    }

    public static String of(FlowKey key, Instructions instructions) {
        return of(key) + " actions=" + of(instructions);
    }

    static String of(FlowKey key) {
        String match = of(key.match());
        return "table=" + key.table() + ", priority=" + key.priority() + (match.isEmpty() ? "" : ",") + match;
    }

    public static String of(Match match) {
        List<String> terms = new ArrayList<>();
        for (MatchField field : MatchField.values()) {
            if (match.matches(field)) {
                terms.add(field.ofctlName() + "=" + value(match, field));
            }
        }
        return String.join(",", terms);
    }

    private static String value(Match match, MatchField field) {
        long value = match.value(field);
        long mask = match.mask(field);
        boolean exact = match.isExact(field);
        switch (field) {
            case ETH_DST:
            case ETH_SRC:
                return new MacAddress(value) + (exact ? "" : "/" + new MacAddress(mask));
            case IN_PORT:
                return port((int) value);
            case IP_PROTO:
            case ICMPV6_TYPE:
                return Long.toString(value);
            case METADATA:
            case ETH_TYPE:
            case VLAN_VID:
                return hex(value) + (exact ? "" : "/" + hex(mask));
        }
        throw new AssertionError(field);
    }

    public static String of(Instructions instructions) {
        List<String> terms = new ArrayList<>();
        instructions.apply().forEach(action -> terms.add(of(action)));
        if (!instructions.write().isEmpty()) {
            terms.add("write_actions("
                    + instructions.write().stream().map(OfctlText::of).collect(Collectors.joining(",")) + ")");
        }
        instructions
                .metadata()
                .ifPresent(write -> terms.add(
                        "write_metadata:" + hex(write.value()) + (write.mask() == -1L ? "" : "/" + hex(write.mask()))));
        instructions.goTo().ifPresent(table -> terms.add("goto_table:" + table.id()));
        return terms.isEmpty() ? "drop" : String.join(",", terms);
    }

    public static String of(Group group) {
        String buckets = group.buckets().stream()
                .map(actions ->
                        ",bucket=actions=" + actions.stream().map(OfctlText::of).collect(Collectors.joining(",")))
                .collect(Collectors.joining());
        return "group_id=" + group.id() + ",type=all" + buckets;
    }

    static String of(Action action) {
        if (action instanceof Action.Output output) {
            return "output:" + port(output.port());
        } else if (action instanceof Action.ToController) {
            return "CONTROLLER:65535";
        } else if (action instanceof Action.ToGroup group) {
            return "group:" + group.group();
        } else if (action instanceof Action.PushVlan) {
            return "push_vlan:0x8100";
        } else if (action instanceof Action.PopVlan) {
            return "pop_vlan";
        } else if (action instanceof Action.SetVlan set) {
            return "set_field:" + (set.vlan().value() | Match.VID_PRESENT) + "->vlan_vid";
        }
        throw new AssertionError(action);
    }

    private static String port(int number) {
        return number == PortRef.LOCAL ? "LOCAL" : Integer.toUnsignedString(number);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value).toLowerCase(Locale.ROOT);
    }
}
