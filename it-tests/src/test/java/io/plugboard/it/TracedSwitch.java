package io.plugboard.it;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.property.FrameBytes;
import io.plugboard.compiler.property.RandomFrames;
import io.plugboard.compiler.property.RandomNetworks;
import io.plugboard.compiler.simulate.Trace;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** An Open vSwitch that carries a program and tells what it would do with a frame (ofproto/trace, ovs-vswitchd(8)). */
final class TracedSwitch implements Store.CloseOnReset {
    private static final String BRIDGE = "br0";
    private static final Pattern PORT = Pattern.compile(BRIDGE + "-\\d+ (\\d+)/(\\d+):");

    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private final ControlSocket control = ovs.controlSocket();

    /** OpenFlow's number of each port, by the datapath's. */
    private final Map<Integer, Integer> portNumbers = new HashMap<>();

    /** The one of this test run; it has all the ports that random networks have. */
    static TracedSwitch ofThisRun() {
        return Store.getOrCreate(TracedSwitch.class, Lifespan.RUN, () -> new TracedSwitch(RandomNetworks.LAST_PORT))
                .get();
    }

    /** @param lastPort it has the ports 1 to this */
    private TracedSwitch(int lastPort) {
        ovs.addBridge(BRIDGE, DatapathId.parse("00000000000000a1"));
        ovs.addDummyPorts(BRIDGE, lastPort);
        PORT.matcher(ovs.appctl("dpif/show"))
                .results()
                .forEach(port -> portNumbers.put(Integer.valueOf(port.group(2)), Integer.valueOf(port.group(1))));
    }

    /** Carries this program and nothing else from now on. */
    void install(FlowProgram program) {
        List<Group> leavesFirst = new ArrayList<>(program.groups().values());
        Collections.reverse(leavesFirst);
        List<String> changes = new ArrayList<>(List.of("flow delete", "group delete group_id=all"));
        leavesFirst.forEach(group -> changes.add("group add " + group));
        program.flows().values().forEach(flow -> changes.add("flow add " + flow));
        try {
            Path file = Files.createTempFile("plugboard", ".txt");
            try {
                Files.write(file, changes);
                ovs.ofctl("bundle", BRIDGE, file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it prints of each of these frames. */
    List<String> traces(List<RandomFrames.Arriving> frames) {
        return control.each(
                "ofproto/trace",
                frames.stream()
                        .map(arriving ->
                                List.of(BRIDGE, "in_port=" + arriving.number(), FrameBytes.hex(arriving.frame())))
                        .toList());
    }

    /** The copies that leave it, in their order. */
    List<Trace.Delivery> deliveries(Frame frame, String trace) {
        return DatapathActions.in(trace, frame).stream()
                .map(copy -> new Trace.Delivery(portNumbers.get(copy.datapathPort()), copy.frame()))
                .toList();
    }

    @Override
    public void close() {
        control.close();
        ovs.close();
    }
}
