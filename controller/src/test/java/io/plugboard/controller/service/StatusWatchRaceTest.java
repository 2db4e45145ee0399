package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.observe.Event;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.VnicChange;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.reconcile.FakeSwitch;
import io.plugboard.controller.reconcile.ManualTimer;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatusWatchRaceTest {
    private static final DatapathId HERE = new DatapathId(0xa1);
    private static final PortGroupName FLAT = new PortGroupName("flat");
    private static final int WRITERS = 3;
    private static final int CHANGES = 300;
    private static final int VNICS = 8;

    /** Changes, ports and confirmations meet in any order; who has followed all of it knows what is in the end. */
    @Test
    void whatItTellsAddsUpWhileEverythingHappensAtOnce() throws Exception {
        EventLog events = new EventLog(Clock.systemUTC());
        EventLog.Reader reader = events.fromNow();
        Metrics metrics = new Metrics();
        ManualTimer timer = new ManualTimer();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        ExecutorService people = Executors.newFixedThreadPool(WRITERS + 1);
        StatusWatch watch = new StatusWatch(Topology.EMPTY, events, metrics, System::nanoTime);
        LiveSwitches switches = QuietAnnouncer.switches(workers, timer, System::nanoTime, watch);
        SingleWriter writer = new SingleWriter(new MemoryStore(), List.of(watch, switches));
        try {
            writer.change(
                            "test",
                            current -> List.of(
                                    new TopologyChange.PortGroupPut(new PortGroup(FLAT, new VlanMode.Untagged())),
                                    new TopologyChange.BridgePut(new Bridge(HERE, "", List.of()))))
                    .toCompletableFuture()
                    .get();
            FakeSwitch ovs = new FakeSwitch(HERE);
            switches.connected(ovs, Observed.NO_PORTS);
            List<Future<?>> done = new ArrayList<>();
            for (int person = 0; person < WRITERS; person++) {
                Random random = new Random(person);
                done.add(people.submit(() -> changeMuch(writer, random)));
            }
            done.add(people.submit(() -> {
                Random random = new Random(WRITERS);
                for (int count = 0; count < CHANGES; count++) {
                    int number = 1 + random.nextInt(VNICS);
                    if (random.nextInt(3) == 0) {
                        switches.portGone(ovs, number);
                    } else {
                        switches.portPut(ovs, new Observed.Port(number, "tap" + number, mac(number), true));
                    }
                }
            }));
            for (Future<?> each : done) {
                each.get();
            }
            writer.close();
            workers.shutdown();
            assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

            Map<VnicId, VnicStatus> told = new TreeMap<>();
            for (Event event : reader.next(Integer.MAX_VALUE)) {
                if (event.data() instanceof VnicChange change) {
                    told.put(change.vnic(), change.after());
                }
            }
            told.keySet().retainAll(writer.topology().attachments().keySet());
            Map<VnicId, VnicStatus> all = new TreeMap<>();
            writer.topology()
                    .attachments()
                    .keySet()
                    .forEach(id -> all.put(id, switches.vnic(id).orElseThrow()));
            assertThat(told).isNotEmpty().isEqualTo(all);
        } finally {
            people.shutdownNow();
            workers.shutdownNow();
            timer.shutdownNow();
            metrics.close();
        }
    }

    private static @Nullable Void changeMuch(TopologyService service, Random random) throws Exception {
        for (int count = 0; count < CHANGES; count++) {
            int number = 1 + random.nextInt(VNICS);
            VnicId id = new VnicId("vnic-" + number);
            boolean detach = random.nextInt(4) == 0;
            service.change("test", current -> {
                        if (!detach) {
                            PortRef port = new PortRef.ByName("tap" + number);
                            return List.of(new TopologyChange.VnicAttached(
                                    new Vnic(id, new Place(HERE, port), mac(number), FLAT, Vnic.Source.REST)));
                        }
                        return current.attachment(id).isPresent()
                                ? List.of(new TopologyChange.VnicDetached(id))
                                : List.of();
                    })
                    .toCompletableFuture()
                    .get();
        }
        return null;
    }

    private static MacAddress mac(int last) {
        return new MacAddress(0x5254_0000_0000L + last);
    }
}
