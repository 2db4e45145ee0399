package io.plugboard.compiler.feature;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.scenario.SampleBridge;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.UplinkPin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who makes what: a rule has one file, and so has a band of priorities of a table. */
class FeatureTest {
    private final List<Made> all = new ArrayList<>();

    private record Made(Class<?> feature, Rule rule) {}

    private record Band(FlowTable table, int priority) {}

    @BeforeEach
    void makeFlowsOfEachFeature() {
        BridgeView view = new SampleBridge().scenario().view();
        made(Broadcast.class, Broadcast.ofBridge());
        made(Classification.class, Classification.ofBridge());
        made(Multicast.class, Multicast.ofBridge());
        made(PromiscuousMirror.class, PromiscuousMirror.ofBridge());
        made(SharedAddresses.class, SharedAddresses.ofBridge());
        made(SourceGuard.class, SourceGuard.ofBridge());
        made(UnicastForwarding.class, UnicastForwarding.ofBridge());
        made(UplinkTeam.class, UplinkTeam.ofBridge());
        for (int slot : view.switchboard().slots()) {
            Plug.Plugged vnic = view.vnicAt(slot).orElseThrow();
            made(Classification.class, Classification.ofVnic(vnic));
            made(SourceGuard.class, SourceGuard.ofVnic(vnic));
            made(UnicastForwarding.class, UnicastForwarding.ofVnic(vnic));
            made(Multicast.class, Multicast.ofVnic(view, vnic));
            vnic.scopes().forEach(scope -> {
                made(Broadcast.class, Broadcast.ofScope(view, scope));
                made(Multicast.class, Multicast.ofScope(view, scope));
                made(PromiscuousMirror.class, PromiscuousMirror.ofScope(view, scope));
                made(SourceGuard.class, SourceGuard.ofScope(view, scope));
            });
        }
        view.switchboard()
                .classes()
                .byFirst()
                .keySet()
                .forEach(first -> made(Classification.class, Classification.ofClass(view, first)));
        view.switchboard()
                .addresses()
                .forEach((number, address) -> made(
                        SharedAddresses.class,
                        SharedAddresses.ofAddress(view, number).stream()
                                .filter(flow -> flow.rule().table() != FlowTable.GUARD)
                                .toList()));
        UplinkPin uplink = new UplinkPin(1);
        Observed.Port port = UplinkTeam.port(view, uplink).orElseThrow();
        made(Classification.class, Classification.ofUplink(uplink, port));
        made(UplinkTeam.class, UplinkTeam.ofUplink(uplink, port));
    }

    @Test
    void everyRuleIsMadeByOneFeature() {
        Map<Rule, Set<Class<?>>> makers = all.stream().collect(groupingBy(Made::rule, mapping(Made::feature, toSet())));

        assertThat(makers).containsOnlyKeys(Rule.values());
        assertThat(makers.values()).allSatisfy(features -> assertThat(features).hasSize(1));
    }

    @Test
    void everyBandOfPrioritiesBelongsToOneFeature() {
        Map<Band, Set<Class<?>>> owners = all.stream()
                .collect(groupingBy(
                        made -> new Band(made.rule().table(), made.rule().priority()),
                        mapping(Made::feature, toSet())));

        assertThat(owners).allSatisfy((band, features) -> assertThat(features).hasSize(1));
    }

    private void made(Class<?> feature, List<Flow> flows) {
        flows.forEach(flow -> all.add(new Made(feature, flow.rule())));
    }
}
