package io.plugboard.controller.observe;

import io.plugboard.topology.model.DatapathId;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The series that are made anew for each scrape. */
final class FigureCollector implements MultiCollector {
    private Figures figures = Figures.NONE;
    private Map<DatapathId, LongAdder> flowMods = Map.of();

    synchronized void show(Figures now, Map<DatapathId, LongAdder> flowModsConfirmed) {
        figures = now;
        flowMods = flowModsConfirmed;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        return MetricSnapshots.of(connected(), vnics(), flowsInstalled(), flowModsConfirmed(), spoofedFrames());
    }

    private GaugeSnapshot connected() {
        return GaugeSnapshot.builder()
                .name("plugboard_switches_connected")
                .help("Switches that are connected")
                .dataPoint(value(figures.switchesConnected(), Labels.EMPTY))
                .build();
    }

    private GaugeSnapshot vnics() {
        GaugeSnapshot.Builder series =
                GaugeSnapshot.builder().name("plugboard_vnics").help("vNICs that are attached, by their state");
        for (VnicStatus.State state : VnicStatus.State.values()) {
            series.dataPoint(value(
                    figures.vnics().getOrDefault(state, 0L),
                    Labels.of("state", state.name().toLowerCase(Locale.ROOT))));
        }
        return series.build();
    }

    private GaugeSnapshot flowsInstalled() {
        GaugeSnapshot.Builder series =
                GaugeSnapshot.builder().name("plugboard_flows_installed").help("Flows that a switch is known to have");
        figures.flowsInstalled().forEach((dpid, flows) -> series.dataPoint(value(flows, Labels.of("dpid", "" + dpid))));
        return series.build();
    }

    private CounterSnapshot flowModsConfirmed() {
        CounterSnapshot.Builder series = CounterSnapshot.builder()
                .name("plugboard_flow_mods")
                .help("Messages that change flows, confirmed by barrier");
        flowMods.forEach((dpid, count) -> series.dataPoint(count(count.sum(), Labels.of("dpid", "" + dpid))));
        return series.build();
    }

    private CounterSnapshot spoofedFrames() {
        CounterSnapshot.Builder series = CounterSnapshot.builder()
                .name("plugboard_spoofed_frames")
                .help("Frames of a guest that were dropped for their source address");
        figures.spoofedFrames()
                .forEach((vnic, frames) -> series.dataPoint(count(frames, Labels.of("vnic", "" + vnic))));
        return series.build();
    }

    private static GaugeDataPointSnapshot value(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static CounterDataPointSnapshot count(long count, Labels labels) {
        return CounterDataPointSnapshot.builder().value(count).labels(labels).build();
    }
}
