package io.plugboard.it;

import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An Open vSwitch of its own: ovsdb-server and ovs-vswitchd in a fresh directory, apart from every other on the machine.
 * Ends both when closed, or with this JVM, however that ends. Needs root where bridges are {@link Datapath#NETDEV}.
 */
public final class OpenVSwitch implements AutoCloseable {
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");
    /** Longer than any test: to add five thousand ports takes a minute of one core, and there may be less than one. */
    private static final long COMMAND_SECONDS = 600;

    /**
     * When standard input ends, so does all that works in the directory, and then the directory. Known by its environment: a
     * daemon that is about to detach itself has no file yet that names it.
     */
    private static final String KEEP = """
            cat >/dev/null
            while pids=$(grep -lszxF "OVS_RUNDIR=$1" /proc/[0-9]*/environ | cut -d / -f 3) && [ "$pids" ]; do
                kill -9 $pids
            done
            rm -rf "$1"
            """;

    private final Datapath datapath;
    private final List<String> within;
    private final Path directory;
    private final Process keeper;

    /** What carries the frames. */
    public enum Datapath {
        /** In user space, on real network devices; each bridge has a tap device of its name. */
        NETDEV("netdev"),
        /** No network devices: any number of ports, frames go in and out by {@link #appctl}. */
        DUMMY("dummy");

        private final String type;

        Datapath(String type) {
            this.type = type;
        }
    }

    private OpenVSwitch(Datapath datapath, List<String> within) {
        this.datapath = datapath;
        this.within = within;
        try {
            directory = Files.createTempDirectory("plugboard-ovs");
            // In a session of its own, for a signal to all processes of this one is not meant for it.
            keeper = new ProcessBuilder("setsid", "sh", "-c", KEEP, "sh", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts both daemons; they answer when it returns. */
    public static OpenVSwitch start(Datapath datapath) {
        return start(datapath, List.of());
    }

    /**
     * Starts both daemons; they answer when it returns.
     *
     * @param within a command that runs another one, its arguments, elsewhere: where the network devices are
     */
    public static OpenVSwitch start(Datapath datapath, List<String> within) {
        OpenVSwitch ovs = new OpenVSwitch(datapath, within);
        try {
            ovs.run("ovsdb-tool", "create", ovs.file("conf.db"), SCHEMA.toString());
            ovs.restartDatabase();
            ovs.vsctl("--no-wait", "init");
            ovs.restartVswitchd();
        } catch (RuntimeException e) {
            ovs.close();
            throw e;
        }
        return ovs;
    }

    /** Starts ovs-vswitchd again, after {@link #killVswitchd}; it has read its database when this returns. */
    public void restartVswitchd() {
        List<String> arguments = new ArrayList<>();
        if (datapath == Datapath.DUMMY) {
            arguments.add("--enable-dummy=override");
            arguments.add("--disable-system");
        }
        arguments.add("unix:" + databaseSocket());
        daemon(within, "ovs-vswitchd", arguments);
    }

    /** Starts ovsdb-server again, after {@link #killDatabase}; it answers when this returns. */
    public void restartDatabase() {
        daemon(
                List.of(),
                "ovsdb-server",
                List.of(
                        "--remote=punix:" + databaseSocket(),
                        "--remote=db:Open_vSwitch,Open_vSwitch,manager_options",
                        "--private-key=db:Open_vSwitch,SSL,private_key",
                        "--certificate=db:Open_vSwitch,SSL,certificate",
                        "--ca-cert=db:Open_vSwitch,SSL,ca_cert",
                        file("conf.db")));
    }

    /** {@code kill -9}: what was committed stays, and ovs-vswitchd waits for it to come back. */
    public void killDatabase() {
        kill("ovsdb-server");
    }

    /** {@code kill -STOP}: its connections stay, and nothing comes out of them. */
    public void pauseDatabase() {
        run("kill", "-STOP", Long.toString(databasePid()));
    }

    /** {@code kill -CONT}. */
    public void resumeDatabase() {
        run("kill", "-CONT", Long.toString(databasePid()));
    }

    private long databasePid() {
        return pid("ovsdb-server").orElseThrow(() -> new IllegalStateException("ovsdb-server does not run"));
    }

    /** Where ovsdb-server listens. */
    public Path databaseSocket() {
        return directory.resolve("db.sock");
    }

    /** {@code kill -9}: flows, groups and connections are gone, the database stays. */
    public void killVswitchd() {
        kill("ovs-vswitchd");
    }

    /** {@code kill -STOP}: its connections stay, and nothing comes out of them. */
    public void pauseVswitchd() {
        run("kill", "-STOP", Long.toString(vswitchdPid()));
    }

    /** {@code kill -CONT}. */
    public void resumeVswitchd() {
        run("kill", "-CONT", Long.toString(vswitchdPid()));
    }

    /** The process id of ovs-vswitchd, for signals. */
    public long vswitchdPid() {
        return pid("ovs-vswitchd").orElseThrow(() -> new IllegalStateException("ovs-vswitchd does not run"));
    }

    /** A bridge that forwards nothing by itself: fail_mode=secure, no in-band rules, OpenFlow 1.3 alone. */
    public void addBridge(String name, DatapathId dpid) {
        vsctl(
                "add-br",
                name,
                "--",
                "set",
                "Bridge",
                name,
                "datapath_type=" + datapath.type,
                "fail_mode=secure",
                "protocols=OpenFlow13",
                "other-config:datapath-id=" + dpid,
                "other-config:disable-in-band=true");
    }

    /** Points a bridge at a controller on this machine, and tries again every second when it is away. */
    public void setController(String bridge, int tcpPort) {
        setController(bridge, "tcp:127.0.0.1:" + tcpPort);
    }

    /** Likewise, by a socket in its own directory, for it may have no other way to the controller. */
    public void setController(String bridge) {
        setController(bridge, "unix:" + controllerSocket(bridge));
    }

    private void setController(String bridge, String target) {
        vsctl("set-controller", bridge, target, "--", "set", "Controller", bridge, "max_backoff=1000");
    }

    /** Where a bridge looks for such a socket; the name is one of the few that Open vSwitch connects to. */
    public Path controllerSocket(String bridge) {
        return directory.resolve(bridge + ".controller");
    }

    /** Adds the ports {@code BRIDGE-1} to {@code BRIDGE-N}, with OpenFlow port numbers 1 to N, in one transaction. */
    public void addDummyPorts(String bridge, int count) {
        List<String> arguments = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String port = bridge + "-" + number;
            arguments.addAll(List.of("--", "add-port", bridge, port));
            arguments.addAll(List.of("--", "set", "Interface", port, "type=dummy", "ofport_request=" + number));
        }
        vsctl(arguments.toArray(String[]::new));
    }

    /** Runs ovs-vsctl and waits until ovs-vswitchd has done what it says. Returns what it printed. */
    public String vsctl(String... arguments) {
        return run("ovs-vsctl", Stream.concat(Stream.of("--db=unix:" + databaseSocket()), Stream.of(arguments)));
    }

    /** Runs ovs-ofctl in OpenFlow 1.3, such as {@code ofctl("dump-flows", "br0")}. Returns what it printed. */
    public String ofctl(String... arguments) {
        return run("ovs-ofctl", Stream.concat(Stream.of("--protocols=OpenFlow13"), Stream.of(arguments)));
    }

    /** The bridge has these flows and no others, all of it at once. */
    public void replaceFlows(String bridge, String... flows) {
        Path file = directory.resolve(bridge + ".flows");
        try {
            Files.write(file, List.of(flows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ofctl("--bundle", "replace-flows", bridge, file.toString());
    }

    /**
     * The datapath decides the next frame anew, and what it has counted is counted. What it has cached follows a moment after
     * a change: after one of flows, though that is confirmed by then, and after an address that a switch has just learned.
     */
    public void forgetDecisions() {
        // The one decision that a pass of its own holds just then is left out: the next time another one is.
        appctl("revalidator/purge");
        appctl("revalidator/purge");
    }

    /**
     * What the datapath has cached is as the flows are, and frames under way go on. The pass that is under way may have
     * begun before the last change, the next one has not.
     */
    public void awaitDecisions() {
        appctl("revalidator/wait");
        appctl("revalidator/wait");
    }

    /** Runs ovs-appctl on ovs-vswitchd. Returns what it printed. */
    public String appctl(String... arguments) {
        return run("ovs-appctl", Stream.of(arguments));
    }

    /** A connection for many commands to ovs-vswitchd, each as {@link #appctl} would do it. */
    ControlSocket controlSocket() {
        return new ControlSocket(directory.resolve("ovs-vswitchd." + vswitchdPid() + ".ctl"));
    }

    /** What ovs-vswitchd has logged. */
    public String log() {
        return log("ovs-vswitchd");
    }

    /** What ovsdb-server has logged. */
    public String databaseLog() {
        return log("ovsdb-server");
    }

    private String log(String daemon) {
        try {
            return Files.readString(directory.resolve(daemon + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill("ovs-vswitchd");
        kill("ovsdb-server");
        try {
            keeper.outputWriter().close();
            keeper.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of what works in " + directory, e);
        }
    }

    /** Returns when the process has let go of its files, which an open connection to it shows. */
    private void kill(String daemon) {
        Optional<Long> pid = pid(daemon);
        if (pid.isEmpty()) {
            return;
        }
        Path control = directory.resolve(daemon + "." + pid.get() + ".ctl");
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(control))) {
            ProcessHandle.of(pid.get()).ifPresent(ProcessHandle::destroyForcibly);
            connection.read(ByteBuffer.allocate(1));
        } catch (SocketException e) {
            // Refused or reset: it is gone already.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end " + daemon, e);
        }
        directory.resolve(daemon + ".pid").toFile().delete();
    }

    /** The process id, while it runs. */
    private Optional<Long> pid(String daemon) {
        Path file = directory.resolve(daemon + ".pid");
        try {
            return Files.exists(file)
                    ? Optional.of(Long.valueOf(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A daemon that detaches itself when it is ready. */
    private void daemon(List<String> within, String name, List<String> arguments) {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(name, "--detach", "--no-chdir", "--pidfile", "--log-file", "-vconsole:off"));
        command.addAll(arguments);
        run(command.get(0), command.stream().skip(1));
    }

    private String run(String program, String... arguments) {
        return run(program, Stream.of(arguments));
    }

    private String run(String program, Stream<String> arguments) {
        List<String> command = Stream.concat(Stream.of(program), arguments).toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "OVS_RUNDIR", directory.toString(),
                        "OVS_LOGDIR", directory.toString(),
                        "OVS_DBDIR", directory.toString(),
                        "OVS_SYSCONFDIR", directory.toString()));
        Path output = directory.resolve("output-" + Thread.currentThread().getId());
        builder.redirectOutput(output.toFile());
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
            String printed = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        (ended ? "failed: " : "not done in " + COMMAND_SECONDS + " s: ") + command + "\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
