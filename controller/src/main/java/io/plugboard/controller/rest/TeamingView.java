package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.TeamingPolicy.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A teaming policy as the API takes and shows it. What is not given is as in {@link TeamingPolicy#DEFAULT}. */
record TeamingView(String policy, List<String> active, List<String> standby, boolean failback, long failbackDelayMs) {
    private static final Map<String, Selection> SELECTIONS =
            Map.of("originatingPort", Selection.ORIGINATING_PORT, "explicitFailover", Selection.EXPLICIT_FAILOVER);
    private static final Fields.Reader<List<String>> UPLINKS =
            Fields.list(Fields.text(text -> new PortRef.ByName(text).name()));

    static Optional<TeamingPolicy> read(JsonNode node, String pointer, Findings findings) {
        TeamingPolicy usual = TeamingPolicy.DEFAULT;
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<Selection> selection = fields.optional("policy", Fields.word("a teaming policy", SELECTIONS));
            Optional<List<String>> active = fields.optional("active", UPLINKS);
            Optional<List<String>> standby = fields.optional("standby", UPLINKS);
            Optional<Boolean> failback = fields.optional("failback", Fields.flag());
            Optional<Duration> delay = fields.optional("failbackDelayMs", Fields.integer(TeamingView::delay));
            fields.nothingElse();
            return Fields.parsed(
                    () -> new TeamingPolicy(
                            selection.orElse(usual.selection()),
                            active.orElse(usual.active()),
                            standby.orElse(usual.standby()),
                            failback.orElse(usual.failback()),
                            delay.orElse(usual.failbackDelay())),
                    pointer,
                    findings);
        });
    }

    /** Checked by itself, so that what is wrong with it is said of it. */
    private static Duration delay(long ms) {
        return new TeamingPolicy(Selection.ORIGINATING_PORT, List.of(), List.of(), true, Duration.ofMillis(ms))
                .failbackDelay();
    }

    static TeamingView of(TeamingPolicy policy) {
        return new TeamingView(
                policy.selection() == Selection.ORIGINATING_PORT ? "originatingPort" : "explicitFailover",
                policy.active(),
                policy.standby(),
                policy.failback(),
                policy.failbackDelay().toMillis());
    }
}
