package io.plugboard.compiler.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.model.Copy;
import io.plugboard.compiler.model.ModelFrame;
import io.plugboard.compiler.model.ModelVswitch;
import io.plugboard.compiler.model.PhysicalNetwork;
import io.plugboard.compiler.property.Network.Event;
import io.plugboard.compiler.scenario.Scenario;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** Behind a physical switch that learns, floods and so reflects over all uplinks: every frame reaches nobody twice. */
class PhysicalNetworkTest {
    private static final int FRAMES = 300;

    private int strict;
    private int reflected;

    @Property(tries = 400, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void noPortGetsAFrameTwiceAndNoneItsOwn(
            @ForAll("networks") Network start, @ForAll("histories") List<Event> history, @ForAll long seed) {
        Network network = start.after(history).network();
        List<Integer> uplinks = uplinks(network);
        PhysicalNetwork contract = new PhysicalNetwork(
                new ModelVswitch(network.topology(), Scenario.BRIDGE, network.observed(), network.withheld()), uplinks);
        PhysicalNetwork compiled =
                new PhysicalNetwork(CompiledVswitch.of(FlowCompiler.compile(network.view())), uplinks);
        for (RandomFrames.Arriving arriving : RandomFrames.of(network, FRAMES, seed)) {
            ModelFrame frame = CompiledVswitch.modelled(arriving.frame());
            boolean fromMachine = uplinks.contains(arriving.number());
            List<Copy> promised =
                    fromMachine ? contract.fromMachine(frame) : contract.fromGuest(arriving.number(), frame);
            List<Copy> delivered =
                    fromMachine ? compiled.fromMachine(frame) : compiled.fromGuest(arriving.number(), frame);

            assertThat(delivered).as("%s", arriving).containsExactlyInAnyOrderElementsOf(promised);
            if (uplinks.size() <= 1 || isGuarded(network, arriving, fromMachine)) {
                strict++;
                reflected += uplinks.size() > 1 && !delivered.isEmpty() ? 1 : 0;
                assertThat(times(delivered).values())
                        .as("%s: %s", arriving, delivered)
                        .allMatch(count -> count == 1);
                if (!fromMachine) {
                    assertThat(times(delivered)).doesNotContainKey(arriving.number());
                }
            }
        }
    }

    /**
     * Whether the contract promises that the frame reaches nobody twice over several uplinks: a guest's that it sends as itself,
     * and a machine's to whom no planned move to another uplink is under way.
     */
    private static boolean isGuarded(Network network, RandomFrames.Arriving arriving, boolean fromMachine) {
        MacAddress to = arriving.frame().destination();
        boolean isMoving = network.topology().attachments().values().stream()
                .anyMatch(vnic -> vnic.former().isPresent() && vnic.vnic().mac().equals(to));
        if (fromMachine || isMoving) {
            return !isMoving;
        }
        return network.topology().attachments().values().stream()
                .filter(vnic -> vnic.place().bridge().equals(Scenario.BRIDGE))
                .filter(vnic -> isAt(network, vnic, arriving.number()))
                .anyMatch(vnic -> vnic.vnic().mac().equals(arriving.frame().source())
                        && vnic.effectiveMac().equals(vnic.vnic().mac()));
    }

    /** By the port's name: a port that it names by its number may be somebody else's. */
    private static boolean isAt(Network network, Attachment vnic, int number) {
        return vnic.place().port() instanceof PortRef.ByName
                && network.observed()
                        .port(vnic.place().port())
                        .filter(port -> port.number() == number)
                        .isPresent();
    }

    private static Map<Integer, Long> times(List<Copy> copies) {
        return copies.stream().collect(Collectors.groupingBy(Copy::port, Collectors.counting()));
    }

    private static List<Integer> uplinks(Network network) {
        return network.topology().bridge(Scenario.BRIDGE).stream()
                .flatMap(bridge -> bridge.uplinks().values().stream())
                .flatMap(name -> network.observed().port(new PortRef.ByName(name)).stream())
                .map(port -> port.number())
                .toList();
    }

    @AfterProperty
    void manyFramesCouldHaveComeTwice() {
        System.out.println(
                "frames that the contract promises once: " + strict + ", over several uplinks: " + reflected);
        assertThat(reflected).isGreaterThan(5_000);
    }

    @Provide
    Arbitrary<Network> networks() {
        return RandomNetworks.networks();
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return RandomNetworks.histories(ModelAgreementTest.EVENTS);
    }
}
