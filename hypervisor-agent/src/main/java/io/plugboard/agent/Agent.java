package io.plugboard.agent;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.plugboard.agent.keys.KeyWriter;
import io.plugboard.agent.libvirt.Domains;
import io.plugboard.agent.netns.NamespaceRef;
import io.plugboard.agent.netns.NamespaceWatch;
import io.plugboard.agent.qmp.SocketDirectory;
import io.plugboard.ovsdb.OvsdbClient;
import io.plugboard.ovsdb.OvsdbLimits;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running agent: the one place where everything is wired together. All of it happens on one thread. */
public final class Agent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    private final MultiThreadIoEventLoopGroup threads =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("agent", true), NioIoHandler.newFactory());
    private final EventLoop thread = threads.next();
    private final KeyWriter keys = new KeyWriter(thread);
    private final Deque<AutoCloseable> endings = new ArrayDeque<>();

    private Agent() {}

    /**
     * What to follow, and where to write it.
     *
     * @param database of the Open vSwitch of this host
     * @param monitors QMP sockets, by the names that the log is to have
     * @param directories in which each socket is a QMP socket
     * @param virsh the command that runs it, where libvirt's domains are to be followed through it
     */
    public record Settings(
            SocketAddress database,
            Map<String, Path> monitors,
            List<Path> directories,
            Optional<List<String>> virsh,
            List<NamespaceRef> namespaces) {
        public Settings {
            virsh = virsh.map(List::copyOf);
            monitors = Map.copyOf(monitors);
            directories = List.copyOf(directories);
            namespaces = List.copyOf(namespaces);
        }
    }

    /** @throws IOException when a directory cannot be watched; the message names it */
    public static Agent start(Settings settings) throws IOException {
        Agent agent = new Agent();
        try {
            agent.begin(settings);
            return agent;
        } catch (IOException | RuntimeException failed) {
            agent.close();
            throw failed;
        }
    }

    private void begin(Settings settings) throws IOException {
        Machines machines = new Machines(thread, keys);
        endings.push(machines);
        settings.monitors().forEach(machines::follow);
        for (Path directory : settings.directories()) {
            endings.push(SocketDirectory.watch(directory, sockets -> machines.follow(directory, sockets)));
        }
        settings.virsh().ifPresent(virsh -> {
            Domains domains = new Domains(
                    virsh,
                    thread,
                    (domain, cards) -> keys.report("domain " + domain, cards),
                    domain -> keys.retire("domain " + domain));
            domains.start();
            endings.push(domains);
        });
        for (NamespaceRef namespace : settings.namespaces()) {
            String source = namespace.toString();
            NamespaceWatch watch = new NamespaceWatch(namespace, thread, cards -> keys.report(source, cards));
            watch.start();
            endings.push(watch);
        }
        OvsdbClient database = new OvsdbClient(settings.database(), OvsdbLimits.defaults(), keys);
        database.start();
        endings.push(database);
    }

    /** What was written stays written. */
    @Override
    public void close() {
        for (AutoCloseable ending : endings) {
            try {
                ending.close();
            } catch (Exception failed) {
                log.warn("the agent ends: {}", failed.getMessage());
            }
        }
        endings.clear();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
