package io.plugboard.agent.config;

import io.plugboard.agent.Agent;
import io.plugboard.agent.netns.NamespaceRef;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the hypervisor's agent in the foreground until it is told to end. */
@Command(
        name = "agent",
        description = {
            "Run on a hypervisor: write what its guests' network cards want to receive, and whether the guests run,",
            "into external_ids of their Interfaces; SIGTERM ends it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class AgentCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--qmp", paramLabel = "NAME=PATH", description = "A QEMU, and its QMP socket. Can be repeated.")
    private Map<String, Path> monitors = new LinkedHashMap<>();

    @Option(
            names = "--qmp-dir",
            paramLabel = "DIR",
            description =
                    "A directory in which each socket is the QMP socket of a QEMU, now or later. Can be repeated.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = "--netns",
            paramLabel = "NAME",
            description = "A network namespace in /run/netns, of a container. Can be repeated.")
    private List<String> namespaces = new ArrayList<>();

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The network namespace of a process, such as a host of Mininet. Can be repeated.")
    private List<Long> processes = new ArrayList<>();

    @Option(
            names = "--ovsdb",
            paramLabel = "ADDRESS",
            defaultValue = "unix:/var/run/openvswitch/db.sock",
            converter = DatabaseAddress.class,
            description =
                    "The database of this host's Open vSwitch: unix:PATH or tcp:HOST:PORT. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private SocketAddress database;

    @Override
    public Integer call() throws InterruptedException {
        List<NamespaceRef> all = new ArrayList<>();
        namespaces.forEach(name -> all.add(namespace(name)));
        processes.forEach(pid -> all.add(NamespaceRef.of(pid)));
        if (monitors.isEmpty() && directories.isEmpty() && all.isEmpty()) {
            throw wrong("say what to follow: --qmp-dir, --qmp, --netns or --pid");
        }
        Agent agent;
        try {
            agent = Agent.start(new Agent.Settings(database, monitors, directories, all));
        } catch (IOException failed) {
            throw wrong(String.valueOf(failed.getMessage()));
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            agent.close();
                            ended.countDown();
                        },
                        "shutdown"));
        ended.await();
        return 0;
    }

    private NamespaceRef namespace(String name) {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
            throw wrong("--netns: '" + name + "' is not the name of a namespace in /run/netns");
        }
        return NamespaceRef.named(name);
    }

    private ParameterException wrong(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }
}
