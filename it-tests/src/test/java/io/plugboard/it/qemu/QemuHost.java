package io.plugboard.it.qemu;

import io.plugboard.it.OpenVSwitch;
import io.plugboard.it.wire.Namespace;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A hypervisor: a network namespace, an Open vSwitch of its own with one bridge, and QEMU for each guest. Needs root. */
final class QemuHost implements AutoCloseable {
    /** Each host has its own, of the same name. */
    static final String BRIDGE = "br-int";

    private final GuestImage image;
    private final Path directory;
    private final Namespace namespace = Namespace.create();
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.NETDEV, namespace.entering());
    private final List<QemuProcess> processes = new ArrayList<>();
    private final Thread endWithTheJvm = new Thread(this::deleteFiles);

    QemuHost(GuestImage image, DatapathId dpid) {
        this.image = image;
        try {
            directory = Files.createTempDirectory("plugboard-qemu");
            Runtime.getRuntime().addShutdownHook(endWithTheJvm);
            Files.createDirectory(qmpDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ovs.addBridge(BRIDGE, dpid);
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    Namespace namespace() {
        return namespace;
    }

    /** Where each QEMU of this host has a monitor's socket, free for anyone. */
    Path qmpDirectory() {
        return directory.resolve("qmp");
    }

    /** For sockets, of short names: a path may have 107 octets (unix(7)). */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Boots a machine; it has booted when its first {@link QemuProcess#awaitBoot} returns. */
    QemuProcess boot(VirtualMachine machine, String tap) {
        return start(machine, tap, List.of());
    }

    /** A place for a machine that comes from another host; it runs here at the end of {@link Migration#run}. */
    QemuProcess expect(VirtualMachine machine, String tap) {
        return start(machine, tap, List.of("-incoming", "defer"));
    }

    private QemuProcess start(VirtualMachine machine, String tap, List<String> options) {
        plug(machine, tap);
        QemuProcess process = new QemuProcess(this, image, machine, tap, options);
        processes.add(process);
        return process;
    }

    /** As libvirt does it, on a tap of its making. */
    private void plug(VirtualMachine machine, String tap) {
        namespace.ip(List.of("tuntap add " + tap + " mode tap", "link set " + tap + " up"));
        addPort(machine, tap);
    }

    /** The port is gone, and the tap is there still. */
    void deletePort(String tap) {
        ovs.vsctl("del-port", tap);
    }

    void addPort(VirtualMachine machine, String tap) {
        ovs.vsctl(
                "--if-exists",
                "del-port",
                tap,
                "--",
                "add-port",
                BRIDGE,
                tap,
                "--",
                "set",
                "Interface",
                tap,
                "external_ids:attached-mac=\"" + machine.mac() + "\"",
                "external_ids:iface-id=" + machine.interfaceId(),
                "external_ids:vm-id=" + machine.id(),
                "external_ids:iface-status=active");
    }

    /** What libvirt does when a machine is no longer here. */
    void end(QemuProcess process) {
        ovs.vsctl("--if-exists", "del-port", process.tap());
        // What is cached for its neighbours still leads there for a moment.
        ovs.forgetDecisions();
        process.close();
        processes.remove(process);
        namespace.ip(List.of("link delete " + process.tap()));
    }

    @Override
    public void close() {
        processes.forEach(QemuProcess::close);
        ovs.close();
        namespace.close();
        Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
        deleteFiles();
    }

    private void deleteFiles() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
