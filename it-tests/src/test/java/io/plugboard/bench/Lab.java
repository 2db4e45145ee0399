package io.plugboard.bench;

import io.plugboard.it.OpenFlowMessage;
import io.plugboard.it.OpenFlowTap;
import io.plugboard.it.OpenVSwitch;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What every benchmark works with: an Open vSwitch without ports whose bridges are made for each round, and a directory. */
final class Lab implements AutoCloseable {
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private final Path directory;
    private int bridges;

    Lab() {
        try {
            directory = Files.createTempDirectory("plugboard-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bridge that nobody has used. */
    final class FreshBridge implements AutoCloseable {
        private final String name;
        private final Network network;

        private FreshBridge(int number) {
            name = "bench" + number;
            network = new Network(new DatapathId(number));
            ovs.addBridge(name, network.dpid());
        }

        String name() {
            return name;
        }

        Network network() {
            return network;
        }

        void connectTo(int port) {
            ovs.setController(name, port);
        }

        @Override
        public void close() {
            ovs.vsctl("del-br", name);
        }
    }

    FreshBridge freshBridge() {
        return new FreshBridge(++bridges);
    }

    OpenVSwitch ovs() {
        return ovs;
    }

    /** A directory of the lab's, which does not exist yet. */
    Path directory(String name) {
        return directory.resolve(name);
    }

    /**
     * What a controller says to a bridge.
     *
     * @param begin to set up the bridge and its vNIC 1
     * @param bulk to attach the further ones
     */
    record Script(List<OpenFlowMessage> begin, List<OpenFlowMessage> bulk) {
        int flows() {
            return (int) bulk.stream()
                    .filter(message -> message.type() == OpenFlowMessage.FLOW_MOD)
                    .count();
        }

        int groupMods() {
            return bulk.size() - flows();
        }
    }

    /** Has the controller attach vNICs 1 to last on a bridge, and writes down what it says. */
    Script record(InProcessController controller, int last) {
        FreshBridge bridge = freshBridge();
        Network network = bridge.network();
        Script script;
        try (OpenFlowTap tap = new OpenFlowTap(controller.openFlowAddress());
                bridge) {
            bridge.connectTo(tap.port());
            controller.changeUntilActive(network.begin(), network.id(1));
            List<OpenFlowMessage> begin = tap.takeModifications();
            controller.changeUntilActive(network.attachTo(last), network.id(last));
            script = new Script(begin, tap.takeModifications());
        }
        controller.change(network.end(last));
        return script;
    }

    /** So that nothing that one side has left behind is tidied away while the other is measured. */
    static void tidyUp() {
        System.gc();
    }

    @Override
    public void close() {
        ovs.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
