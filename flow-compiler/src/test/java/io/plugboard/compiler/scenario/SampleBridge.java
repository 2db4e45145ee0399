package io.plugboard.compiler.scenario;

import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.Setting;
import io.plugboard.topology.model.TeamingPolicy;
import io.plugboard.topology.model.Vnic;
import java.util.List;
import java.util.Optional;

/** A small bridge whose program has flows of every rule. Its uplink is port 1, the vNIC on port 2 is in VLAN 100. */
public record SampleBridge(Scenario scenario) {
    private static final SecurityPolicy ACCEPT_ALL =
            new SecurityPolicy(Optional.of(Setting.ACCEPT), Optional.of(Setting.ACCEPT), Optional.of(Setting.ACCEPT));

    public SampleBridge() {
        this(Scenario.withUplinks("up1")
                .portGroup("red", 100)
                .trunk("trunk", "0-4094")
                .portGroup("trunk", PortGroup::withLinkLocalControl)
                .vnics("red", "a", "b", "redRouter", "redMirror", "redBlocked")
                .vnics("trunk", "t", "trunkRouter", "trunkMirror")
                .portGroup("redControl", 100)
                .portGroup("redControl", PortGroup::withLinkLocalControl)
                .vnics("redControl", "control", "controlMirror"));
        for (String router : new String[] {"redRouter", "trunkRouter"}) {
            scenario.vnic(router, Vnic::asMulticastRouter);
        }
        for (String mirror : new String[] {"redMirror", "trunkMirror", "controlMirror"}) {
            scenario.vnic(mirror, vnic -> vnic.withSecurity(ACCEPT_ALL)).promiscuous(mirror, true);
        }
        scenario.arriving("red", ActivateOn.REQUEST, "arriving")
                .arriving("red", ActivateOn.FIRST_FRAME, "awaited")
                .asked("b")
                .port("up2")
                .bridge(bridge ->
                        new Bridge(bridge.dpid(), bridge.name(), List.of("up1", "up2")).withTeaming(using("up1")));
        scenario.portGroup("moved", 100)
                .portGroup("moved", portGroup -> portGroup.withTeaming(using("up1")))
                .vnics("moved", "moved")
                .portGroup("moved", portGroup -> portGroup.withTeaming(using("up2")));
        scenario.using("redBlocked", Scenario.STRANGER)
                .listening("b", Scenario.MULTICAST)
                .vnic("t", vnic -> vnic.withAllowedMacs(scenario.macs("00:00:5e:00:01:01")));
    }

    private static TeamingPolicy using(String uplink) {
        return new TeamingPolicy(
                TeamingPolicy.Selection.EXPLICIT_FAILOVER,
                List.of(uplink),
                List.of(),
                true,
                TeamingPolicy.DEFAULT_FAILBACK_DELAY);
    }
}
