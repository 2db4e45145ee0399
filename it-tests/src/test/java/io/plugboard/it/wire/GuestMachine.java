package io.plugboard.it.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A machine with a network stack of its own, the kernel's, and a program in it. Its card is a cable's end. */
final class GuestMachine implements AutoCloseable {
    static final String CARD = "eth0";

    private static final String PROGRAM = "src/test/resources/guest.py";
    private static final String SUBINTERFACES = "src/test/resources/subinterfaces.py";
    /** What the other end of a subinterface is called. */
    private static final String CARD_SIDE = "-card";

    /** What it says of itself without being asked is said at once, and is over. */
    private static final List<String> USUAL_SETTINGS = List.of(
            "net.ipv6.conf.default.accept_dad=0",
            "net.ipv6.conf.default.router_solicitations=0",
            "net.ipv4.conf.default.igmpv2_unsolicited_report_interval=100",
            "net.ipv4.conf.default.igmpv3_unsolicited_report_interval=100",
            "net.ipv6.conf.default.mldv1_unsolicited_report_interval=100",
            "net.ipv6.conf.default.mldv2_unsolicited_report_interval=100");

    private final String port;
    private final String mac;
    private final Namespace outside;
    private final Namespace inside;
    private final Process program;
    private final Writer in;
    private final BufferedReader out;
    private final List<Process> others = new ArrayList<>();

    /**
     * @param port the name of the cable's other end
     * @param outside where that end is
     * @param settings of its kernel, as sysctl takes them
     */
    GuestMachine(String port, String mac, Namespace outside, List<String> settings) {
        this.port = port;
        this.mac = mac;
        this.outside = outside;
        List<String> all = new ArrayList<>(USUAL_SETTINGS);
        all.addAll(settings);
        inside = Namespace.create(all);
        outside.ip(List.of(
                "link add " + port + " type veth peer name " + CARD + " address " + mac + " netns " + inside.pid(),
                "link set " + port + " mtu 9000 up"));
        inside.ip(List.of("link set " + CARD + " up"));
        program = inside.start(List.of("python3", PROGRAM));
        in = program.outputWriter();
        out = program.inputReader();
    }

    String port() {
        return port;
    }

    String mac() {
        return mac;
    }

    /** As {@link Namespace#ip}, in the machine. */
    GuestMachine ip(String... lines) {
        inside.ip(List.of(lines));
        return this;
    }

    /** Gives it a device for each VLAN, of the card's MAC. */
    GuestMachine subinterfaces(Map<String, Integer> devices) {
        List<String> command = new ArrayList<>(List.of("env", "PYTHONPATH=../mininet", "python3", SUBINTERFACES, CARD));
        devices.forEach((device, vlan) -> {
            String other = device + CARD_SIDE;
            ip(
                    "link add " + device + " address " + mac + " type veth peer name " + other,
                    "link set " + other + " up",
                    "link set " + device + " up");
            command.add(other + ":" + vlan);
        });
        Process subinterfaces = inside.start(command);
        others.add(subinterfaces);
        line(subinterfaces.inputReader());
        return this;
    }

    /** Has the program do something; returns when it has, with what it answers. */
    String does(String command) {
        begins(command);
        return answer();
    }

    /** Has the program do something that takes time; {@link #answer} waits for it. */
    void begins(String command) {
        try {
            in.write(command + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        return line(out);
    }

    private static String line(BufferedReader program) {
        try {
            String line = program.readLine();
            if (line == null) {
                throw new IllegalStateException("a program of a guest has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        others.add(program);
        try {
            for (Process process : others) {
                process.outputWriter().close();
                process.waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outside.ip(List.of("link delete " + port));
        inside.close();
    }
}
