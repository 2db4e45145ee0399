package io.plugboard.it.qemu;

import io.plugboard.it.Meeting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** QEMU at work for one machine, by emulation. It ends with this process, however that ends. */
final class QemuProcess implements AutoCloseable {
    private static final String QEMU = "qemu-system-x86_64";
    private static final int MEGABYTES = 96;
    private static final int PREFIX_LENGTH = 24;

    /** The rest of the command runs until standard input ends, or by itself. */
    private static final String KEEP = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            qemu=$!
            # Else the shell says that it was killed.
            exec 2>/dev/null
            { cat <&3 >/dev/null; kill -9 $qemu; } &
            wait $qemu
            """;

    private final VirtualMachine machine;
    private final QemuHost host;
    private final String tap;
    private final Process process;
    private final ControlLine control;
    private final Qmp qmp;

    QemuProcess(QemuHost host, GuestImage image, VirtualMachine machine, String tap, List<String> options) {
        this.host = host;
        this.machine = machine;
        this.tap = tap;
        Path controlSocket = host.file(machine.name() + ".control");
        Path monitorSocket = host.file(machine.name() + ".monitor");
        try (Meeting controlMeeting = new Meeting(controlSocket);
                Meeting monitorMeeting = new Meeting(monitorSocket)) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", KEEP, "sh", QEMU));
            command.addAll(arguments(image));
            command.addAll(List.of(
                    "-chardev",
                    "socket,id=control,path=" + controlSocket,
                    "-device",
                    "isa-serial,chardev=control",
                    "-chardev",
                    "socket,id=monitor,path=" + monitorSocket,
                    "-mon",
                    "chardev=monitor,mode=control"));
            command.addAll(options);
            process = host.namespace().start(command);
            control = new ControlLine(controlMeeting.await(process));
            qmp = new Qmp(monitorMeeting.await(process));
        }
    }

    private List<String> arguments(GuestImage image) {
        return List.of(
                "-nodefaults",
                "-no-user-config",
                "-no-reboot",
                "-display",
                "none",
                "-machine",
                "q35,accel=tcg",
                "-m",
                Integer.toString(MEGABYTES),
                "-name",
                machine.name(),
                "-uuid",
                machine.id().toString(),
                "-kernel",
                image.kernel().toString(),
                "-initrd",
                image.initramfs().toString(),
                "-append",
                "console=ttyS0 quiet panic=-1 nokaslr mitigations=off guest.address=" + machine.address() + "/"
                        + PREFIX_LENGTH,
                "-chardev",
                "file,id=console,path=" + console(),
                "-device",
                "isa-serial,chardev=console",
                // Open vSwitch in user space would pass on what the guest leaves to its card: checksums unfinished.
                "-netdev",
                "tap,id=card,ifname=" + tap + ",script=no,downscript=no,vnet_hdr=off",
                "-device",
                "virtio-net-pci,netdev=card,id=net0,mac=" + machine.mac() + ",romfile=",
                "-qmp",
                "unix:" + qmpSocket() + ",server=on,wait=off");
    }

    /** A monitor for others than the test, which has its own. */
    Path qmpSocket() {
        return host.qmpDirectory().resolve(machine.name() + ".sock");
    }

    private Path console() {
        return host.file(machine.name() + ".console");
    }

    QemuHost host() {
        return host;
    }

    VirtualMachine machine() {
        return machine;
    }

    String tap() {
        return tap;
    }

    Qmp qmp() {
        return qmp;
    }

    ControlLine control() {
        return control;
    }

    /** Returns when the guest has booted and does what it is told. */
    void awaitBoot() {
        try {
            control.answer().ok();
        } catch (AssertionError e) {
            throw new AssertionError("not booted: " + consoleOutput(), e);
        }
    }

    private String consoleOutput() {
        try {
            return Files.readString(console());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
            process.waitFor();
            Files.deleteIfExists(qmpSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        control.close();
        qmp.close();
    }
}
