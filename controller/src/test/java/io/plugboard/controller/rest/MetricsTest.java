package io.plugboard.controller.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.observe.VnicCounters;
import io.plugboard.controller.rest.RestClient.Answer;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsTest {
    private static final VnicId WEB = new VnicId("web-1");

    /** A sample (text format 0.0.4): name, labels, value. */
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_][a-z0-9_]*(?:\\{(?:[a-z_]+=\"(?:[^\"\\\\]|\\\\.)*\",?)*})?) (\\S+)");

    /** Every sample by its name with its labels; what is no sample must be a comment. */
    private static Map<String, Double> scrape(RestLab lab) throws Exception {
        Answer answer = lab.client.get("/metrics", "Accept", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).endsWith("\n");
        Map<String, Double> samples = new TreeMap<>();
        for (String line : answer.body().lines().toList()) {
            if (!line.matches("# (HELP|TYPE) .*")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(samples.put(sample.group(1), value(sample.group(2))))
                        .as(line)
                        .isNull();
            }
        }
        return samples;
    }

    private static double value(String text) {
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private static VnicCounters spoofed(long drops) {
        return new VnicCounters(0, 0, 0, 0, drops);
    }

    @Test
    void hasTheNamesThatScriptsRelyOn() throws Exception {
        try (RestLab lab = new RestLab().withVnic()) {
            lab.switches.put(RestLab.connected(RestLab.BRIDGE));
            lab.switches.put(RestLab.BRIDGE, CompletableFuture.completedStage(Map.of(WEB, spoofed(1))));
            lab.metrics.flowModsConfirmed(RestLab.BRIDGE, 12);
            lab.metrics.switchError("OFPFMFC_TABLE_FULL");
            lab.metrics
                    .registry()
                    .counter("plugboard.announcements", "kind", "rarp")
                    .increment();
            lab.metrics.timer("plugboard.query.answer", "").record(Duration.ofMillis(3));
            List<String> names = scrape(lab).keySet().stream()
                    .map(name -> name.replaceAll("\\{.*", ""))
                    .distinct()
                    .toList();
            assertThat(names)
                    .contains(
                            "plugboard_switches_connected",
                            "plugboard_vnics",
                            "plugboard_flows_installed",
                            "plugboard_flow_mods_total",
                            "plugboard_attach_seconds_bucket",
                            "plugboard_attach_seconds_count",
                            "plugboard_resync_seconds_sum",
                            "plugboard_spoofed_frames_total",
                            "plugboard_announcements_total",
                            "plugboard_query_answer_seconds_bucket",
                            "plugboard_switch_errors_total",
                            "jvm_memory_used_bytes",
                            "jvm_threads_live_threads",
                            "process_uptime_seconds");
        }
    }

    @Test
    void saysWhatIs() throws Exception {
        try (RestLab lab = new RestLab().withVnic()) {
            lab.switches.put(RestLab.connected(RestLab.BRIDGE));
            lab.switches.put(WEB, RestLab.active("52:54:00:aa:bb:cc", 2));
            lab.switches.put(RestLab.BRIDGE, CompletableFuture.completedStage(Map.of(WEB, spoofed(7))));
            lab.metrics.flowModsConfirmed(RestLab.BRIDGE, 12);
            lab.metrics.flowModsConfirmed(RestLab.BRIDGE, 3);
            lab.metrics.switchError("OFPFMFC_TABLE_FULL");
            lab.metrics.attached(Duration.ofMillis(15));
            assertThat(scrape(lab))
                    .containsEntry("plugboard_switches_connected", 1.0)
                    .containsEntry("plugboard_vnics{state=\"active\"}", 1.0)
                    .containsEntry("plugboard_vnics{state=\"blocked\"}", 0.0)
                    .containsEntry("plugboard_flows_installed{dpid=\"00000000000000a1\"}", 42.0)
                    .containsEntry("plugboard_flow_mods_total{dpid=\"00000000000000a1\"}", 15.0)
                    .containsEntry("plugboard_spoofed_frames_total{vnic=\"web-1\"}", 7.0)
                    .containsEntry("plugboard_switch_errors_total{code=\"TABLE_FULL\",type=\"FLOW_MOD_FAILED\"}", 1.0)
                    .containsEntry("plugboard_attach_seconds_bucket{le=\"0.01\"}", 0.0)
                    .containsEntry("plugboard_attach_seconds_bucket{le=\"0.02\"}", 1.0);
        }
    }

    @Test
    void seriesEndWithWhatTheyAreAbout() throws Exception {
        try (RestLab lab = new RestLab().withVnic()) {
            lab.switches.put(RestLab.connected(RestLab.BRIDGE));
            lab.switches.put(RestLab.BRIDGE, CompletableFuture.completedStage(Map.of(WEB, spoofed(7))));
            lab.metrics.flowModsConfirmed(RestLab.BRIDGE, 12);
            assertThat(about(scrape(lab), "web-1", "00000000000000a1")).hasSize(3);
            lab.client.delete("/api/v1/vnics/web-1");
            lab.switches.forget(RestLab.BRIDGE);
            assertThat(about(scrape(lab), "web-1", "00000000000000a1")).isEmpty();
        }
    }

    private static List<String> about(Map<String, Double> samples, String... labels) {
        return samples.keySet().stream()
                .filter(name -> List.of(labels).stream().anyMatch(name::contains))
                .collect(Collectors.toList());
    }

    @Test
    void waitsForNoSwitchThatDoesNotAnswer() throws Exception {
        try (RestLab lab = new RestLab().withVnic()) {
            lab.switches.put(RestLab.connected(RestLab.BRIDGE));
            lab.switches.put(RestLab.BRIDGE, new CompletableFuture<>());
            assertThat(scrape(lab))
                    .containsEntry("plugboard_switches_connected", 1.0)
                    .doesNotContainKey("plugboard_spoofed_frames_total{vnic=\"web-1\"}");
        }
    }

    @Test
    void asksEachBridgeOnceHoweverManyVnicsItHas() throws Exception {
        try (RestLab lab = new RestLab().withVnic()) {
            lab.client.put("/api/v1/vnics/web-2", RestLab.vnic("tap1", "52:54:00:aa:bb:dd"));
            lab.switches.put(RestLab.connected(RestLab.BRIDGE));
            int before = lab.switches.counterRequests();
            scrape(lab);
            assertThat(lab.switches.counterRequests() - before).isEqualTo(1);
        }
    }
}
