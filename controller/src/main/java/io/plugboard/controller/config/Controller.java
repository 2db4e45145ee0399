package io.plugboard.controller.config;

import com.google.common.net.InetAddresses;
import io.plugboard.controller.announce.Announcer;
import io.plugboard.controller.observe.AnnouncementJournal;
import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.openflow.OpenFlowServer;
import io.plugboard.controller.openflow.SessionLimits;
import io.plugboard.controller.rest.RestServer;
import io.plugboard.controller.service.ChangeEvents;
import io.plugboard.controller.service.Departures;
import io.plugboard.controller.service.Hosts;
import io.plugboard.controller.service.LiveSwitches;
import io.plugboard.controller.service.SingleWriter;
import io.plugboard.controller.service.StatusWatch;
import io.plugboard.controller.service.TopologyListener;
import io.plugboard.controller.service.UplinkWatch;
import io.plugboard.controller.service.WireReports;
import io.plugboard.controller.source.SourceEvents;
import io.plugboard.controller.store.StoreUnusable;
import io.plugboard.controller.store.TopologyStore;
import io.plugboard.controller.store.embedded.SqliteStore;
import io.plugboard.ovsdb.OvsdbServer;
import io.plugboard.topology.Topology;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running controller: the one place where everything is wired together. */
public final class Controller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final Deque<Runnable> endings;
    private final InetSocketAddress openFlow;
    private final InetSocketAddress rest;
    private final Optional<InetSocketAddress> ovsdb;

    private Controller(
            Deque<Runnable> endings,
            InetSocketAddress openFlow,
            InetSocketAddress rest,
            Optional<InetSocketAddress> ovsdb) {
        this.endings = endings;
        this.openFlow = openFlow;
        this.rest = rest;
        this.ovsdb = ovsdb;
    }

    /** It cannot run as it was set up to; the message is the one line that says why. */
    public static final class StartFailed extends Exception {
        private static final long serialVersionUID = 1L;

        StartFailed(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /** Starts everything; switches and clients are served when it returns. */
    public static Controller start(Settings settings) throws StartFailed {
        Deque<Runnable> endings = new ArrayDeque<>();
        try {
            Controller controller = start(settings, endings);
            LOG.info("switches connect to {}, clients to http://{}", text(controller.openFlow), text(controller.rest));
            controller.ovsdb.ifPresent(address -> LOG.info("databases of hosts connect to {}", text(address)));
            return controller;
        } catch (StartFailed | RuntimeException failed) {
            endings.forEach(Runnable::run);
            throw failed;
        }
    }

    private static Controller start(Settings settings, Deque<Runnable> endings) throws StartFailed {
        TopologyStore store;
        try {
            store = SqliteStore.open(settings.data());
        } catch (StoreUnusable unusable) {
            throw new StartFailed(String.valueOf(unusable.getMessage()), unusable);
        }
        endings.push(store::close);
        ExecutorService workers =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        endings.push(workers::shutdownNow);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        endings.push(timer::shutdownNow);
        Topology stored = store.load();
        EventLog events = new EventLog(Clock.systemUTC());
        Metrics metrics = new Metrics();
        endings.push(metrics::close);
        StatusWatch statuses = new StatusWatch(stored, events, metrics, System::nanoTime);
        Optional<OvsdbFollowing> ovsdb = ovsdb(settings.ovsdb(), new SourceEvents(events, metrics));
        ovsdb.ifPresent(following -> endings.push(following.source()::close));
        Hosts hosts = ovsdb.<Hosts>map(OvsdbFollowing::source).orElse(Hosts.NONE);
        WireReports wire = new WireReports(timer);
        Announcer announcer = new Announcer(
                settings.announceRate(),
                settings.announce(),
                store.announced(),
                new AnnouncementJournal(events, metrics),
                wire,
                workers,
                timer,
                System::nanoTime,
                Clock.systemUTC());
        LiveSwitches switches = new LiveSwitches(
                stored,
                workers,
                timer,
                System::nanoTime,
                ovsdb.map(following -> statuses.after(following.source()::changed))
                        .orElse(statuses),
                announcer,
                wire,
                hosts::problems);
        UplinkWatch uplinks = new UplinkWatch(switches, timer);
        Departures departures = new Departures(switches::whenDecided, switches::whenSettled, timer);
        List<TopologyListener> listeners =
                new ArrayList<>(List.of(new ChangeEvents(events), statuses, switches, uplinks, departures));
        ovsdb.ifPresent(following -> listeners.add(following.source()));
        SingleWriter topology = new SingleWriter(store, listeners);
        endings.push(topology::close);
        uplinks.reportTo(topology);
        wire.reportTo(topology);
        departures.reportTo(topology);
        ovsdb.ifPresent(following -> following.source().reportTo(topology, switches));

        try {
            OpenFlowServer openFlow = new OpenFlowServer(settings.openFlow(), uplinks, SessionLimits.defaults());
            endings.push(openFlow::close);
            openFlow.start();
            Optional<InetSocketAddress> databases = Optional.empty();
            if (ovsdb.isPresent()) {
                OvsdbServer server = ovsdb.get().start(openFlow.localAddress());
                endings.push(server::close);
                databases = Optional.of(server.localAddress());
            }
            RestServer rest = new RestServer(
                    settings.rest(),
                    settings.restInsecure(),
                    topology,
                    switches,
                    hosts,
                    announcer.desk(topology::topology),
                    events,
                    metrics);
            endings.push(() -> close(rest));
            rest.start();
            return new Controller(
                    endings,
                    openFlow.localAddress(),
                    new InetSocketAddress(settings.rest().getAddress(), rest.port()),
                    databases);
        } catch (IOException | IllegalArgumentException failed) {
            throw new StartFailed(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static Optional<OvsdbFollowing> ovsdb(OvsdbSettings settings, SourceEvents events) throws StartFailed {
        try {
            return settings.listen().map(address -> new OvsdbFollowing(address, settings, events));
        } catch (IllegalArgumentException unfit) {
            throw new StartFailed(String.valueOf(unfit.getMessage()), unfit);
        }
    }

    private static void close(RestServer rest) {
        try {
            rest.close();
        } catch (IOException failed) {
            LOG.warn("REST did not end in time", failed);
        }
    }

    private static String text(InetSocketAddress address) {
        return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
    }

    /** Where switches connect. */
    public InetSocketAddress openFlowAddress() {
        return openFlow;
    }

    /** Where people and scripts connect. */
    public InetSocketAddress restAddress() {
        return rest;
    }

    /** Where Open vSwitches connect with their databases, if they do. */
    public Optional<InetSocketAddress> ovsdbAddress() {
        return ovsdb;
    }

    /** Ends everything, the last first. What was acknowledged is stored, what is installed on switches stays. */
    @Override
    public void close() {
        endings.forEach(Runnable::run);
        endings.clear();
    }
}
