package io.plugboard.compiler;

import static io.plugboard.compiler.scenario.Scenario.BROADCAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.scenario.Golden;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.scenario.SentFrameAssert;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlowCompilerTest {
    private static final DatapathId OTHER_BRIDGE = DatapathId.parse("00000000000000b2");

    @Test
    void compilesTwoUplinksAndTwoSegmentsAsAnOperatorReadsThem() {
        FlowProgram program = Scenario.withUplinks("up1", "up2")
                .portGroup("red", 100)
                .portGroup("plain", 0)
                .vnics("red", "web", "db")
                .vnics("plain", "host")
                .program();

        Golden.assertIsUpToDate(Path.of("src/test/resources/two-uplinks.txt"), text(program));
    }

    @Test
    void sendsWhatOneMoreVnicNeedsAndNoMore() {
        Scenario scenario = Scenario.withUplinks("up1")
                .portGroup("red", 100)
                .vnics("red", "a")
                .port("b");
        BridgeView before = scenario.view();
        scenario.vnics("red", "b");

        FlowDelta delta = FlowCompiler.delta(before, scenario.view(), touched("b"), List.of());

        assertThat(delta.flowsToAdd().stream().map(flow -> flow.rule().name()))
                .containsExactlyInAnyOrder(
                        "PORT_VNIC_UNTAGGED",
                        "PORT_VNIC_PRIORITY_TAG",
                        "GUARD_VNIC_SOURCE",
                        "GUARD_FORGED",
                        "GUARD_REFLECTION",
                        "FORWARD_VNIC",
                        "FORWARD_OUT_OF_REACH");
        assertThat(delta.groupsToModify()).hasSize(1);
        assertThat(delta.size()).isEqualTo(8);
    }

    @Test
    void sendsNoMoreForAVnicOfAFullBridgeThanOfAnEmptyOne() {
        assertThat(attachAfter(5000).size()).isEqualTo(attachAfter(8).size());
    }

    private static FlowDelta attachAfter(int others) {
        Scenario scenario =
                Scenario.withUplinks("up1", "up2").portGroup("red", 100).manyVnics("red", "a", others);
        BridgeView before = scenario.view();
        scenario.vnics("red", "newcomer");
        return FlowCompiler.delta(
                before,
                scenario.view(),
                touched("newcomer"),
                scenario.view().observed().ports().values());
    }

    @Test
    void compilesNothingForABridgeThatNobodyHasPut() {
        BridgeView view = new BridgeView(Topology.EMPTY, Scenario.BRIDGE, Observed.NO_PORTS, Set.of());

        assertThat(FlowCompiler.compile(view)).isEqualTo(FlowProgram.EMPTY);
    }

    @Test
    void isNotConcernedByAVnicOfAnotherBridge() {
        Scenario scenario = Scenario.withUplinks("up1").portGroup("red", 100).vnics("red", "a");
        BridgeView elsewhere = new BridgeView(scenario.view().topology(), OTHER_BRIDGE, Observed.NO_PORTS, Set.of());

        assertThat(FlowCompiler.concerned(elsewhere, elsewhere, touched("a"), List.of()))
                .isEmpty();
        assertThat(FlowCompiler.concerned(scenario.view(), scenario.view(), touched("a"), List.of()))
                .containsExactly(new VnicId("a"));
    }

    @Test
    void programsThatCarryNothingOfAWithheldVnicStillCarryItsNeighbours() {
        Scenario scenario = Scenario.withUplinks("up1")
                .portGroup("red", 100)
                .vnics("red", "a", "b", "c")
                .withheld("b");

        SentFrameAssert.assertThat(scenario.frame("b", BROADCAST)).isDeliveredTo();
        SentFrameAssert.assertThat(scenario.frame("a", BROADCAST)).isDeliveredTo("c", "up1[100]");
        SentFrameAssert.assertThat(scenario.frame("up1", BROADCAST).tagged(100)).isDeliveredTo("a", "c");
    }

    private static Touched touched(String... vnics) {
        return new Touched(
                new TreeSet<>(),
                new TreeSet<>(),
                Arrays.stream(vnics).map(VnicId::new).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String text(FlowProgram program) {
        return Stream.concat(program.groups().values().stream(), program.flows().values().stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
