package io.plugboard.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.UplinkPin;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds after any sequence of transactions. */
class TopologyPropertiesTest {

    @Provide
    Arbitrary<List<List<TopologyChange>>> histories() {
        return RandomChanges.histories();
    }

    private interface Step {
        void check(Topology before, List<TopologyChange> changes, Topology after, Touched touched);
    }

    /** Plays a history, and looks at each of its transactions that is accepted. */
    private static Topology play(List<List<TopologyChange>> history, Step step) {
        Topology topology = Topology.EMPTY;
        for (List<TopologyChange> changes : history) {
            try {
                Topology.Applied applied = topology.apply(changes);
                step.check(topology, changes, applied.topology(), applied.touched());
                topology = applied.topology();
            } catch (ChangeRejected rejected) {
                assertThat(rejected.rejections()).isNotEmpty();
            }
        }
        return topology;
    }

    @Property(tries = 300)
    void indexesAgreeWithTheFacts(@ForAll("histories") List<List<TopologyChange>> history) {
        play(
                history,
                (before, changes, after, touched) ->
                        assertThat(indexed(after)).isEqualTo(Facts.workedOut(after, RandomChanges.UNIVERSE)));
    }

    @Property(tries = 300)
    void whatIsRestoredEqualsWhatWasBuilt(@ForAll("histories") List<List<TopologyChange>> history) {
        Topology built = play(history, (before, changes, after, touched) -> {});

        assertThat(indexed(restored(built))).isEqualTo(indexed(built));
    }

    @Property(tries = 300)
    void whatIsRestoredGoesOnLikeWhatWasBuilt(
            @ForAll("histories") List<List<TopologyChange>> history,
            @ForAll("histories") List<List<TopologyChange>> further) {
        Topology built = play(history, (before, changes, after, touched) -> {});
        Topology restored = restored(built);
        for (List<TopologyChange> changes : further) {
            built = appliedOrSame(built, changes);
            restored = appliedOrSame(restored, changes);
            assertThat(indexed(restored)).isEqualTo(indexed(built));
        }
    }

    @Property(tries = 300)
    void touchedIsExactlyWhatDiffers(@ForAll("histories") List<List<TopologyChange>> history) {
        play(history, (before, changes, after, touched) -> {
            assertThat(touched.portGroups()).isEqualTo(differing(before.portGroups(), after.portGroups()));
            assertThat(touched.bridges()).isEqualTo(differing(before.bridges(), after.bridges()));
            assertThat(touched.vnics()).isEqualTo(differing(before.attachments(), after.attachments()));
        });
    }

    @Property(tries = 300)
    void theRevisionCountsTransactionsThatTouchSomething(@ForAll("histories") List<List<TopologyChange>> history) {
        play(history, (before, changes, after, touched) -> {
            if (touched.isEmpty()) {
                assertThat(after).isSameAs(before);
            } else {
                assertThat(after.revision()).isEqualTo(before.revision() + 1);
            }
        });
    }

    @Property(tries = 300)
    void aResourceChangesItsRevisionOnlyWithItsContent(@ForAll("histories") List<List<TopologyChange>> history) {
        play(history, (before, changes, after, touched) -> {
            after.portGroups().forEach((name, now) -> {
                StoredPortGroup old = before.portGroups().get(name);
                boolean isSame = old != null && old.portGroup().equals(now.portGroup());
                assertThat(now.revision()).isEqualTo(isSame ? old.revision() : after.revision());
            });
            after.bridges().forEach((dpid, now) -> {
                ManagedBridge old = before.bridges().get(dpid);
                boolean isSame = old != null
                        && old.bridge().equals(now.bridge())
                        && old.uplinks().equals(now.uplinks());
                assertThat(now.revision()).isEqualTo(isSame ? old.revision() : after.revision());
            });
        });
    }

    @Property(tries = 300)
    void aTransactionThatIsPlayedTwiceChangesNothingTheSecondTime(
            @ForAll("histories") List<List<TopologyChange>> history) {
        play(history, (before, changes, after, touched) -> {
            boolean onlyPuts = changes.stream()
                    .allMatch(change -> change instanceof TopologyChange.PortGroupPut
                            || change instanceof TopologyChange.BridgePut
                            || change instanceof TopologyChange.VnicAttached);
            long subjects = changes.stream()
                    .map(TopologyPropertiesTest::subject)
                    .distinct()
                    .count();
            if (onlyPuts && subjects == changes.size()) {
                assertThat(appliedOrSame(after, changes)).isSameAs(after);
            }
        });
    }

    @Property(tries = 300)
    void earlierSnapshotsStayWhatTheyWere(@ForAll("histories") List<List<TopologyChange>> history) {
        Topology topology = Topology.EMPTY;
        for (List<TopologyChange> changes : history) {
            Facts facts = indexed(topology);
            Topology next = appliedOrSame(topology, changes);
            assertThat(indexed(topology)).isEqualTo(facts);
            topology = next;
        }
    }

    @Property(tries = 300)
    void everySeatIsPinnedToAnUplinkThatItsBridgeHas(@ForAll("histories") List<List<TopologyChange>> history) {
        play(
                history,
                (before, changes, after, touched) -> after.occupiedBridges().forEach(dpid -> {
                    ManagedBridge bridge = after.bridges().get(dpid);
                    Set<UplinkPin> pins = bridge == null || bridge.uplinks().isEmpty()
                            ? Set.of(UplinkPin.NONE)
                            : bridge.uplinks().keySet();
                    assertThat(after.switchboard(dpid).vnics())
                            .allSatisfy(vnic -> assertThat(pins).contains(vnic.pin()));
                }));
    }

    @Property(tries = 300)
    void aVnicKeepsItsSlotAndPinWhileItsBridgeKeepsItsUplinks(@ForAll("histories") List<List<TopologyChange>> history) {
        play(history, (before, changes, after, touched) -> {
            Set<Object> detached = changes.stream()
                    .filter(change -> !(change instanceof TopologyChange.PortGroupPut
                            || change instanceof TopologyChange.BridgePut))
                    .map(TopologyPropertiesTest::subject)
                    .collect(Collectors.toSet());
            boolean bridgesStay = changes.stream().noneMatch(TopologyChange.BridgePut.class::isInstance);
            before.attachments().forEach((id, old) -> {
                Attachment now = after.attachments().get(id);
                if (!detached.contains(id)) {
                    assertThat(now.slot()).isEqualTo(old.slot());
                    if (bridgesStay) {
                        assertThat(now.pin()).isEqualTo(old.pin());
                    }
                }
            });
        });
    }

    /** Only vNICs that are active move for the sake of evenness: a second seat stays where it can. */
    @Property(tries = 300)
    void newUplinksAreSharedEvenly(@ForAll("histories") List<List<TopologyChange>> history) {
        play(history, (before, changes, after, touched) -> {
            if (changes.size() == 1 && changes.get(0) instanceof TopologyChange.BridgePut put && !touched.isEmpty()) {
                ManagedBridge bridge = after.bridges().get(put.bridge().dpid());
                ManagedBridge old = before.bridges().get(put.bridge().dpid());
                if (old == null || !old.uplinks().equals(bridge.uplinks())) {
                    Switchboard switchboard = after.switchboard(put.bridge().dpid());
                    int fewest = bridge.uplinks().keySet().stream()
                            .mapToInt(switchboard::pinnedTo)
                            .min()
                            .orElse(0);
                    switchboard.vnics().stream()
                            .filter(vnic -> vnic.standing() == EffectiveVnic.Standing.ACTIVE)
                            .map(EffectiveVnic::pin)
                            .filter(pin -> !pin.equals(UplinkPin.NONE))
                            .forEach(pin -> assertThat(switchboard.pinnedTo(pin) - fewest)
                                    .isLessThanOrEqualTo(1));
                }
            }
        });
    }

    private static Object subject(TopologyChange change) {
        if (change instanceof TopologyChange.VnicAttached attached) {
            return attached.vnic().id();
        }
        if (change instanceof TopologyChange.VnicDetached detached) {
            return detached.id();
        }
        if (change instanceof TopologyChange.MigrationPrepared prepared) {
            return prepared.id();
        }
        if (change instanceof TopologyChange.MigrationGivenUp givenUp) {
            return givenUp.id();
        }
        if (change instanceof TopologyChange.MigrationActivated activated) {
            return activated.id();
        }
        if (change instanceof TopologyChange.PlaceLeft left) {
            return left.id();
        }
        if (change instanceof TopologyChange.PortGroupPut put) {
            return put.portGroup().name();
        }
        return change instanceof TopologyChange.BridgePut put ? put.bridge().dpid() : change;
    }

    private static Facts indexed(Topology topology) {
        return Facts.indexed(topology, RandomChanges.UNIVERSE);
    }

    private static Topology restored(Topology topology) {
        return Topology.restore(
                topology.revision(),
                topology.portGroups().values(),
                topology.bridges().values(),
                topology.attachments().values(),
                Map.of());
    }

    private static Topology appliedOrSame(Topology topology, Collection<TopologyChange> changes) {
        try {
            return topology.apply(List.copyOf(changes)).topology();
        } catch (ChangeRejected rejected) {
            return topology;
        }
    }

    private static <K, V> Set<K> differing(Map<K, V> before, Map<K, V> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
