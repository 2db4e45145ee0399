package io.plugboard.controller.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plugboard.topology.model.DatapathId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;

/**
 * What Prometheus gets to read. What happens is counted here when it happens; what is, such as how many vNICs are active, is
 * handed over with each scrape as {@link Figures}, so that series end with what they are about.
 */
public final class Metrics implements AutoCloseable {
    /** Text format 0.0.4. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] BUCKETS = DoubleStream.of(
                    .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30)
            .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<DatapathId, LongAdder> flowMods = new ConcurrentHashMap<>();
    private final FigureCollector figures = new FigureCollector();
    private final Timer attaches;
    private final Timer resyncs;

    public Metrics() {
        attaches = timer(
                "plugboard.attach", "From when somebody asked for a vNIC to the switch's confirmation by barrier");
        resyncs = timer("plugboard.resync", "From reading a switch back to its confirmation of what had to be mended");
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        registry.getPrometheusRegistry().register(figures);
    }

    /** Where others register what they count; {@code plugboard.some.thing} becomes {@code plugboard_some_thing}. */
    public MeterRegistry registry() {
        return registry;
    }

    /** A histogram of times; {@code _seconds} is added to the name. */
    public Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** @param took from the request to the barrier's reply */
    public void attached(Duration took) {
        attaches.record(took);
    }

    public void resynced(Duration took) {
        resyncs.record(took);
    }

    public void flowModsConfirmed(DatapathId dpid, int count) {
        flowMods.computeIfAbsent(dpid, first -> new LongAdder()).add(count);
    }

    /** @param words the switch's own, such as {@code OFPFMFC_TABLE_FULL}; others are no error of OpenFlow's and not counted */
    public void switchError(String words) {
        SwitchError.of(words)
                .ifPresent(error -> Counter.builder("plugboard.switch.errors")
                        .description("Error messages of switches")
                        .tag("type", error.type())
                        .tag("code", error.code())
                        .register(registry)
                        .increment());
    }

    /** Everything, in the text format; what is counted for a bridge ends when the figures do not have it. */
    public synchronized String scrape(Figures now) {
        flowMods.keySet().retainAll(now.flowsInstalled().keySet());
        figures.show(now, flowMods);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
