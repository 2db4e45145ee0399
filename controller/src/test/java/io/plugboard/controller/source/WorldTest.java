package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.Topology;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;

class WorldTest {
    private static final DatapathId BRIDGE = new DatapathId(0xa1);
    private static final VnicId VNIC = new VnicId("vm-1");

    private final HostReader reader = new HostReader(
            text -> {
                throw new IllegalArgumentException(text);
            },
            Adoption.MANAGED);
    private final Host host =
            new Host(1).managed("br0", 0xa1).vnic("br0", "tap1", 1).vnic("br0", "tap2", 2);
    private final World world = World.EMPTY.settled().heard(view(host), Topology.EMPTY);

    private HostView view(Host some) {
        return reader.read(some.snapshot(), Optional.empty());
    }

    @Test
    void isSpokenOfWhileAHostIsConnectedThatHasTheBridge() {
        assertThat(world.isSpokenOf(BRIDGE, Topology.EMPTY)).isTrue();
        assertThat(world.isSpokenOf(new DatapathId(0xa2), Topology.EMPTY)).isFalse();
        assertThat(world.disconnected(host.database()).isSpokenOf(BRIDGE, Topology.EMPTY))
                .isFalse();
        assertThat(world.heard(view(host.removeBridge("br0")), Topology.EMPTY).isSpokenOf(BRIDGE, Topology.EMPTY))
                .isFalse();
    }

    @Test
    void hostMattersForItsBridgesAndForTheVnicsThatItClaims() throws ChangeRejected {
        Topology put = Topology.EMPTY
                .apply(List.of(new TopologyChange.BridgePut(new Bridge(BRIDGE, "", List.of()))))
                .topology();
        Topology plugged = new PlanLab(Adoption.ALL)
                .hears(new Host(2).managed("br0", 0xb1).vnic("br0", "tap1", 1))
                .topology();

        World away = world.disconnected(host.database());
        assertThat(away.matters(host.database(), Topology.EMPTY)).isFalse();
        assertThat(away.matters(host.database(), put)).isTrue();
        assertThat(plugged.attachment(VNIC)).isPresent();
        assertThat(away.matters(host.database(), plugged)).isTrue();
        World replaced = away.heard(view(new Host(3).managed("br0", 0xa1)), Topology.EMPTY);
        assertThat(replaced.matters(host.database(), put)).isFalse();
        assertThat(replaced.matters(host.database(), plugged)).isFalse();
        assertThat(World.EMPTY.matters(host.database(), plugged)).isFalse();
    }

    @Test
    void nothingIsLeftOfHostThatIsForgotten() {
        Host other = new Host(2).managed("br0", 0xa1).vnic("br0", "tap1", 1);
        World both = world.heard(view(other), Topology.EMPTY).disconnected(host.database());

        World one = both.forgotten(host.database());

        assertThat(one.hosts()).containsExactly(view(other));
        assertThat(one.claims(VNIC)).extracting(Claim::database).containsExactly(other.database());
        assertThat(one.claims(new VnicId("vm-2"))).isEmpty();
        assertThat(one.memory(host.row("tap1"))).isEqualTo(RowMemory.NONE);
        assertThat(one.isSpokenOf(BRIDGE, Topology.EMPTY)).isTrue();
        assertThat(one.bridge(BRIDGE, Topology.EMPTY)).map(BridgeSaid::database).contains(other.database());
    }

    @Test
    void onlyHostsThatAreAwayAndDoNotMatterAreForgotten() {
        Host other = new Host(2).managed("br0", 0xa1).vnic("br0", "tap1", 1);
        World both = world.heard(view(other), Topology.EMPTY).disconnected(host.database());

        assertThat(both.forgetting(Set.of(BRIDGE), Topology.EMPTY).hosts()).containsExactly(view(other));
        assertThat(both.forgetting(Set.of(), Topology.EMPTY).hosts()).hasSize(2);
    }

    @Test
    void hostThatIsAwayClaimsWhatIsTakenOutNoMoreUntilItIsHeardAgain() {
        World away = world.disconnected(host.database());

        assertThat(world.takenOut(VNIC).claims(VNIC)).hasSize(1);
        World without = away.takenOut(VNIC);
        assertThat(without.claims(VNIC)).isEmpty();
        assertThat(without.claims(new VnicId("vm-2"))).hasSize(1);
        assertThat(without.heard(view(host), Topology.EMPTY).claims(VNIC)).hasSize(1);
    }

    @Test
    void hostThatIsAwayHasABridgeThatIsTakenOutNoMoreUntilItIsHeardAgain() {
        World away = world.disconnected(host.database());

        assertThat(world.takenOut(BRIDGE).bridge(BRIDGE, Topology.EMPTY)).isPresent();
        World without = away.takenOut(BRIDGE);
        assertThat(without.bridge(BRIDGE, Topology.EMPTY)).isEmpty();
        assertThat(without.claims(VNIC)).isEmpty();
        assertThat(without.heard(view(host), Topology.EMPTY).bridge(BRIDGE, Topology.EMPTY))
                .isPresent();
    }

    @Test
    void nothingIsLeftOfHostsThatComeWithBridgesOfTheirOwnAndGo() {
        World now = World.EMPTY;
        for (int number = 1; number <= 3; number++) {
            Host some = new Host(number).managed("br0", number).vnic("br0", "tap1", number);
            now = now.heard(view(some), Topology.EMPTY)
                    .disconnected(some.database())
                    .forgetting(some.database(), Topology.EMPTY);
        }

        assertThat(now)
                .extracting("hosts", "presence", "speakers", "memories")
                .containsExactly(HashTreePMap.empty(), Presence.NOBODY, Speakers.NONE, Memories.NONE);
    }
}
