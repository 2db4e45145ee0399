package io.plugboard.compiler.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowDelta;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.property.Network.Changed;
import io.plugboard.compiler.property.Network.Event;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every network and everything that may happen to it. */
class FlowCompilerPropertiesTest {

    @Property(tries = 300)
    void changesStepByStepLeadToTheProgramOfAFullCompile(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history) {
        Network network = start;
        FlowProgram program = FlowCompiler.compile(network.view());
        for (Event event : history) {
            Changed changed = Changed.nothing(network).then(event);
            program = after(program, network.view(), changed);
            network = changed.network();

            assertThat(program).isEqualTo(FlowCompiler.compile(network.view()));
        }
    }

    @Property(tries = 300)
    void changesCompiledTogetherLeadToTheProgramOfAFullCompile(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history) {
        Changed changed = start.after(history);
        FlowProgram program = after(FlowCompiler.compile(start.view()), start.view(), changed);

        assertThat(program).isEqualTo(FlowCompiler.compile(changed.network().view()));
    }

    @Property(tries = 200)
    void everyProgramIsAsItsTablesDeclareAndTakenByASwitch(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history) {
        Network network = start.after(history).network();
        assumeThat(network.topology().bridge(Scenario.BRIDGE)).isPresent();

        assertThat(ProgramVerifier.violations(FlowCompiler.compile(network.view())))
                .isEmpty();
    }

    @Property(tries = 300)
    void aVnicWhoseFlowsChangeIsKnownToBeConcerned(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history) {
        Changed changed = start.after(history);
        BridgeView before = start.view();
        BridgeView after = new BridgeView(changed.network().topology(), Scenario.BRIDGE, start.observed(), Set.of());

        Set<VnicId> concerned = FlowCompiler.concerned(before, after, changed.touched(), List.of());

        for (BridgeView view : List.of(before, after)) {
            Map<Owner, Set<Flow>> then = flowsOfVnics(before);
            Map<Owner, Set<Flow>> now = flowsOfVnics(after);
            view.switchboard().vnics().stream()
                    .filter(vnic -> !Objects.equals(
                            then.get(new Owner.OfVnic(vnic.slot())), now.get(new Owner.OfVnic(vnic.slot()))))
                    .forEach(vnic -> assertThat(concerned).contains(vnic.id()));
        }
    }

    private static Map<Owner, Set<Flow>> flowsOfVnics(BridgeView view) {
        return FlowCompiler.compile(view).flows().values().stream()
                .filter(flow -> flow.owner() instanceof Owner.OfVnic)
                .collect(Collectors.groupingBy(Flow::owner, Collectors.toSet()));
    }

    @Provide
    Arbitrary<Network> networks() {
        return RandomNetworks.networks();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return RandomNetworks.histories(30);
    }

    private static FlowProgram after(FlowProgram program, BridgeView before, Changed changed) {
        BridgeView view = changed.network().view();
        FlowDelta delta = FlowCompiler.delta(before, view, changed.touched(), changed.ports());
        TreeMap<FlowKey, Flow> flows = new TreeMap<>(program.flows());
        TreeMap<GroupId, Group> groups = new TreeMap<>(program.groups());
        delta.groupsToAdd()
                .forEach(group -> assertThat(groups.put(group.id(), group)).isNull());
        delta.groupsToModify()
                .forEach(group -> assertThat(groups.put(group.id(), group)).isNotNull());
        delta.flowsToAdd()
                .forEach(flow -> assertThat(flows.put(flow.key(), flow)).isNull());
        delta.flowsToModify()
                .forEach(flow -> assertThat(flows.put(flow.key(), flow)).isNotNull());
        delta.flowsToRenew()
                .forEach(flow -> assertThat(flows.put(flow.key(), flow)).isNotNull());
        delta.flowsToDelete().forEach(key -> assertThat(flows.remove(key)).isNotNull());
        delta.groupsToDelete().forEach(id -> assertThat(groups.remove(id)).isNotNull());
        return new FlowProgram(flows, groups);
    }
}
