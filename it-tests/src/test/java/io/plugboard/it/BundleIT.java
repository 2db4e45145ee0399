package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.openflow.OpenFlowServer;
import io.plugboard.controller.openflow.SessionLimits;
import io.plugboard.controller.reconcile.BundleOutcome;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Open vSwitch makes of bundles. */
class BundleIT {
    private static final int FRAMES = 5_000;
    private static final int FRAMES_AT_A_TIME = 50;

    /** More than Open vSwitch takes from a connection before it looks after its ports. */
    private static final int GROUPS = 120;

    private final SwitchesUp events = new SwitchesUp();
    private final OpenFlowServer server = new OpenFlowServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, SessionLimits.defaults());
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private SwitchConnection connection;

    @BeforeEach
    void connect() throws IOException {
        server.start();
        ovs.addBridge("br0", DatapathId.parse("00000000000000a1"));
        ovs.addDummyPorts("br0", 3);
        ovs.setController("br0", server.localAddress().getPort());
        connection = events.awaitConnected();
    }

    @AfterEach
    void stop() {
        ovs.close();
        server.close();
    }

    /** Each frame goes to both groups, and each group to another port: before and after, no port gets it twice. */
    @Test
    void letsNoFrameMeetHalfOfAChangeOfSeveralGroupsAndFlows() {
        List<SwitchCommand> setUp = new ArrayList<>();
        IntStream.rangeClosed(1, GROUPS).forEach(id -> setUp.add(new SwitchCommand.AddGroup(group(id, 2))));
        // That one flow looks at the source makes a miss of each frame, which is translated by itself.
        setUp.add(new SwitchCommand.PutFlow(flow(
                Rule.GUARD_REFLECTION, Match.any().ethSrc(MacAddress.parse("02:00:00:00:00:01")), Instructions.DROP)));
        setUp.add(new SwitchCommand.PutFlow(flow(Rule.SEGMENT_ON, Match.any(), Instructions.goTo(FlowTable.GUARD))));
        await(connection.send(setUp));
        await(connection.sendAtomically(flip(2, 3)));

        CompletableFuture<Void> stream = CompletableFuture.runAsync(this::sendFrames);
        int flips = 0;
        while (!stream.isDone()) {
            List<SwitchCommand> flip = flips % 2 == 0 ? flip(3, 2) : flip(2, 3);
            assertThat(await(connection.sendAtomically(flip))).isEqualTo(new BundleOutcome(true, List.of()));
            flips++;
        }
        stream.join();

        Map<Integer, PortCounters> counters = await(connection.portCounters());
        System.out.printf(
                "%d frames while %d groups and 2 flows changed %d times: %d to port 2, %d to port 3%n",
                FRAMES,
                GROUPS,
                flips,
                counters.get(2).sentFrames(),
                counters.get(3).sentFrames());
        assertThat(flips).isGreaterThan(10);
        assertThat(counters.get(2).sentFrames()).isEqualTo(FRAMES);
        assertThat(counters.get(3).sentFrames()).isEqualTo(FRAMES);
    }

    /** As many at a time as a port's queue holds. */
    private void sendFrames() {
        for (int first = 0; first < FRAMES; first += FRAMES_AT_A_TIME) {
            int sent = first + FRAMES_AT_A_TIME;
            Stream<String> frames = IntStream.range(first, sent)
                    .mapToObj(number -> "ffffffffffff" + "5254%08x".formatted(number) + "0800" + "00".repeat(46));
            ovs.appctl(Stream.concat(Stream.of("netdev-dummy/receive", "br0-1"), frames)
                    .toArray(String[]::new));
            Eventually.get(
                    () -> await(connection.portCounters()), all -> all.get(1).receivedFrames() == sent);
        }
    }

    /** The first and the last group matter, and the flow that sends to both. */
    private static List<SwitchCommand> flip(int firstsPort, int lastsPort) {
        List<SwitchCommand> commands = new ArrayList<>();
        IntStream.range(1, GROUPS).forEach(id -> commands.add(new SwitchCommand.ModifyGroup(group(id, firstsPort))));
        Action toFirst = new Action.ToGroup(new GroupId(1));
        Action toLast = new Action.ToGroup(new GroupId(GROUPS));
        commands.add(new SwitchCommand.PutFlow(guard(
                Match.any(),
                firstsPort == 2 ? Instructions.apply(toFirst, toLast) : Instructions.apply(toLast, toFirst))));
        commands.add(new SwitchCommand.ModifyGroup(group(GROUPS, lastsPort)));
        commands.add(new SwitchCommand.PutFlow(
                port(Instructions.goTo(FlowTable.SEGMENT).writing(firstsPort, 3))));
        return commands;
    }

    @Test
    void appliesNothingWhenOneIsRefusedByWhatIsThereAndNamesIt() {
        SwitchCommand fine = new SwitchCommand.PutFlow(port(Instructions.DROP));
        SwitchCommand dangling =
                new SwitchCommand.PutFlow(guard(Match.any(), Instructions.apply(new Action.ToGroup(new GroupId(77)))));
        SwitchCommand group = new SwitchCommand.AddGroup(group(5, 1));

        BundleOutcome outcome = await(connection.sendAtomically(List.of(group, fine, dangling)));

        assertThat(outcome).isEqualTo(new BundleOutcome(false, List.of(new Refusal(dangling, "OFPBAC_BAD_OUT_GROUP"))));
        Installed installed = await(connection.readBack());
        assertThat(installed.flows()).isEmpty();
        assertThat(installed.groups()).isEmpty();
        assertThat(await(connection.sendAtomically(List.of(group, fine))))
                .isEqualTo(new BundleOutcome(true, List.of()));
    }

    @Test
    void appliesNothingWhenATableIsFullAndNamesTheFirstThatHasNoRoom() {
        ovs.vsctl(
                "--id=@limit",
                "create",
                "Flow_Table",
                "flow_limit=1",
                "overflow_policy=refuse",
                "--",
                "set",
                "Bridge",
                "br0",
                "flow_tables:2=@limit");
        List<SwitchCommand> commands = IntStream.rangeClosed(1, 3)
                .<SwitchCommand>mapToObj(
                        port -> new SwitchCommand.PutFlow(guard(Match.any().inPort(port), Instructions.DROP)))
                .toList();

        assertThat(await(connection.sendAtomically(commands)))
                .isEqualTo(new BundleOutcome(false, List.of(new Refusal(commands.get(1), "OFPFMFC_TABLE_FULL"))));

        assertThat(await(connection.readBack()).flows()).isEmpty();
    }

    @Test
    void appliesTheOthersWhenOneIsWrongByItself() {
        SwitchCommand wrong =
                new SwitchCommand.PutFlow(guard(Match.any(), Instructions.apply(new Action.Output(0xffffff01))));
        SwitchCommand fine = new SwitchCommand.PutFlow(port(Instructions.DROP));

        assertThat(await(connection.sendAtomically(List.of(wrong, fine))))
                .isEqualTo(new BundleOutcome(true, List.of(new Refusal(wrong, "OFPBAC_BAD_OUT_PORT"))));

        assertThat(await(connection.readBack()).flows()).hasSize(1);
    }

    @Test
    void putsAFlowInThePlaceOfOneThatItDeletes() {
        Flow ours = port(Instructions.DROP);
        ovs.ofctl("add-flow", "br0", "table=0,priority=0,actions=set_field:02:00:00:00:00:01->eth_dst");
        Installed before = await(connection.readBack());
        assertThat(before.foreignFlows()).hasSize(1);

        assertThat(await(connection.sendAtomically(List.of(
                        new SwitchCommand.DeleteForeignFlow(
                                before.foreignFlows().get(0)),
                        new SwitchCommand.PutFlow(ours)))))
                .isEqualTo(new BundleOutcome(true, List.of()));

        Installed after = await(connection.readBack());
        assertThat(after.flows()).containsOnlyKeys(ours.key());
        assertThat(after.foreignFlows()).isEmpty();
    }

    private static Flow port(Instructions instructions) {
        return flow(Rule.PORT_UNUSED, Match.any(), instructions);
    }

    private static Flow guard(Match match, Instructions instructions) {
        return flow(Rule.GUARD_MISS, match, instructions);
    }

    private static Flow flow(Rule rule, Match match, Instructions instructions) {
        return new Flow(rule, new Owner.OfBridge(), match, instructions);
    }

    private static Group group(int id, int port) {
        return new Group(new GroupId(id), List.of(List.of(new Action.Output(port))));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
