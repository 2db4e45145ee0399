package io.plugboard.controller.rest;

import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.controller.rest.FlowsView.Flow;
import io.plugboard.controller.rest.FlowsView.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flows of a bridge for people, in the syntax of ovs-ofctl: what is desired, with notes on how it differs from what is there. */
final class FlowsText {
    private final StringBuilder text = new StringBuilder();
    private final FlowsView view;
    private final Map<String, Flow> installed = new HashMap<>();
    private final Set<Group> installedGroups = new HashSet<>();

    private FlowsText(FlowsView view) {
        this.view = view;
        if (view.installed() != null) {
            view.installed().flows().forEach(flow -> installed.put(key(flow), flow));
            installedGroups.addAll(view.installed().groups());
        }
    }

    static String of(FlowsView view) {
        return new FlowsText(view).write();
    }

    private String write() {
        String present = view.installed() == null
                ? "it is not connected"
                : view.installed().flows().size() + " and "
                        + view.installed().groups().size() + " are there";
        text.append("# bridge ").append(view.bridge()).append(": ");
        text.append(view.desired().flows().size()).append(" flows and ");
        text.append(view.desired().groups().size()).append(" groups are desired, ");
        text.append(present).append("\n");
        groups();
        flows();
        surplus();
        return text.toString();
    }

    private void groups() {
        for (Group group : view.desired().groups()) {
            line(group.text(), view.installed() == null || installedGroups.contains(group) ? "" : "missing");
        }
    }

    private void flows() {
        int table = -1;
        for (Flow flow : view.desired().flows()) {
            if (flow.table() != table) {
                table = flow.table();
                text.append("\n# table ").append(table);
                FlowTable.of(table)
                        .ifPresent(known ->
                                text.append(", ").append(known).append(": ").append(known.purpose()));
                text.append("\n");
            }
            line(ofctl(flow), notes(flow));
        }
    }

    private String notes(Flow desired) {
        List<String> notes = new ArrayList<>();
        if (view.installed() != null) {
            Flow present = installed.remove(key(desired));
            if (present == null) {
                notes.add("missing");
            } else {
                if (!ofctl(present).equals(ofctl(desired))) {
                    notes.add("differs");
                }
                notes.add(present.packets() + " packets, " + present.bytes() + " bytes");
            }
        }
        notes.add(desired.owner() + ": " + desired.why());
        return String.join("; ", notes);
    }

    private void surplus() {
        if (view.installed() == null) {
            return;
        }
        List<Flow> flows = view.installed().flows().stream()
                .filter(flow -> installed.containsKey(key(flow)))
                .toList();
        installedGroups.removeAll(view.desired().groups());
        List<FlowsView.Foreign> foreign = view.installed().foreign() == null
                ? List.of()
                : view.installed().foreign();
        if (!flows.isEmpty() || !installedGroups.isEmpty() || !foreign.isEmpty()) {
            text.append("\n# there, and not desired\n");
            flows.forEach(flow -> text.append("# ").append(ofctl(flow)).append("\n"));
            installedGroups.forEach(
                    group -> text.append("# ").append(group.text()).append("\n"));
            foreign.forEach(flow -> text.append("# table=")
                    .append(flow.table())
                    .append(", priority=")
                    .append(flow.priority())
                    .append(", cookie=")
                    .append(flow.cookie())
                    .append(", ")
                    .append(flow.description())
                    .append("\n"));
        }
    }

    private void line(String ofctl, String note) {
        text.append(ofctl).append(note.isEmpty() ? "" : "  # " + note).append("\n");
    }

    private static String key(Flow flow) {
        return flow.table() + " " + flow.priority() + " " + flow.match();
    }

    private static String ofctl(Flow flow) {
        return "cookie=" + flow.cookie() + ", table=" + flow.table() + ", priority=" + flow.priority()
                + (flow.match().isEmpty() ? "" : ",") + flow.match() + " actions=" + flow.actions();
    }
}
