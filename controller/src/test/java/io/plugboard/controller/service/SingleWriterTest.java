package io.plugboard.controller.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.change.ChangeRejected;
import io.plugboard.topology.change.TopologyChange.PortGroupDeleted;
import io.plugboard.topology.change.TopologyChange.PortGroupPut;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleWriterTest {
    private final HeldStore store = new HeldStore();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SingleWriter service = new SingleWriter(store, List.of(this::published));

    private void published(Topology before, Topology after, Touched touched) {
        heard.add(before.revision() + ".." + after.revision() + " " + touched.portGroups());
    }

    @AfterEach
    void letEverythingGoOn() {
        for (int commit = 0; commit < 100; commit++) {
            store.succeed();
        }
        service.close();
    }

    @Test
    void startsFromWhatIsStored() throws Exception {
        Topology topology = Topology.EMPTY
                .apply(List.of(new PortGroupPut(portGroup("web", 100))))
                .topology();
        store.succeed();
        store.commit(List.of(new TopologyStore.Write(topology, Touched.NOTHING)));

        assertThat(new SingleWriter(store, List.of()).topology()).isSameAs(topology);
    }

    @Test
    void showsAndAcknowledgesNothingThatIsNotStored() throws Exception {
        CompletableFuture<Topology.Applied> answer = put("web", 100);
        store.awaitCommit();

        assertThat(answer).isNotDone();
        assertThat(heard).isEmpty();
        assertThat(service.topology()).isSameAs(Topology.EMPTY);

        store.succeed();
        Topology after = answer.get().topology();

        assertThat(service.topology()).isSameAs(after);
        assertThat(after.portGroups()).containsOnlyKeys(new PortGroupName("web"));
    }

    @Test
    void tellsTheListenersBeforeTheCaller() throws Exception {
        store.succeed();

        List<String> heardByThen =
                put("web", 100).thenApply(applied -> List.copyOf(heard)).get();

        assertThat(heardByThen).containsExactly("0..1 [web]");
    }

    @Test
    void showsAChangeWhatIsStillBeingStored() throws Exception {
        put("web", 100);
        store.awaitCommit();
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        service.change("test", current -> {
            seen.complete(current.portGroups().size());
            return List.of();
        });

        assertThat(seen.get()).isEqualTo(1);
        store.succeed();
    }

    @Test
    void storesTogetherWhatCameWhileTheStoreWasBusy() throws Exception {
        CompletableFuture<Topology.Applied> first = put("first", 1);
        store.awaitCommit();
        List<CompletableFuture<Topology.Applied>> others = IntStream.range(0, 10)
                .mapToObj(index -> put("other-" + index, 100 + index))
                .toList();
        decided();
        store.succeed();

        assertThat(store.awaitCommit()).hasSize(10);
        assertThat(first.get().topology().revision()).isEqualTo(1);

        store.succeed();
        for (int index = 0; index < 10; index++) {
            assertThat(others.get(index).get().topology().revision()).isEqualTo(2 + index);
        }
        assertThat(heard)
                .hasSize(11)
                .startsWith("0..1 [first]", "1..2 [other-0]")
                .endsWith("10..11 [other-9]");
    }

    @Test
    void refusesWhatCannotBeAndStoresNothing() {
        assertThatThrownBy(() -> service.change(
                                "test", current -> List.of(new PortGroupDeleted(new PortGroupName("web"))))
                        .toCompletableFuture()
                        .get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ChangeRejected.class)
                .hasMessage("there is no port group 'web'");

        assertThat(heard).isEmpty();
        assertThat(service.topology()).isSameAs(Topology.EMPTY);
    }

    @Test
    void handsOnWhatTheChangeItselfThrows() {
        assertThatThrownBy(() -> service.change("test", current -> {
                            throw new IllegalStateException("precondition");
                        })
                        .toCompletableFuture()
                        .get())
                .hasRootCauseMessage("precondition");
    }

    @Test
    void acknowledgesWhatChangesNothingOnlyOnceItIsStored() throws Exception {
        CompletableFuture<Topology.Applied> first = put("web", 100);
        store.awaitCommit();
        CompletableFuture<Topology.Applied> again = put("web", 100);
        decided();

        assertThat(again).isNotDone();

        store.succeed();
        assertThat(again.get().touched().isEmpty()).isTrue();
        assertThat(again.get().topology()).isSameAs(first.get().topology());
        assertThat(heard).containsExactly("0..1 [web]");
    }

    @Test
    void refusesOnTheGroundsOfAnotherChangeOnlyOnceThatIsStored() throws Exception {
        put("web", 100);
        store.awaitCommit();
        CompletableFuture<Topology.Applied> refused = service.change("test", current -> {
                    throw new IllegalStateException(
                            "there are " + current.portGroups().size());
                })
                .toCompletableFuture();
        decided();

        assertThat(refused).isNotDone();

        store.succeed();
        assertThatThrownBy(refused::get).hasRootCauseMessage("there are 1");
    }

    @Test
    void refusesEverythingThatStandsOnAFailedWrite() throws Exception {
        CompletableFuture<Topology.Applied> failed = put("web", 100);
        store.awaitCommit();
        CompletableFuture<Topology.Applied> onTop = put("lab", 200);
        CompletableFuture<Topology.Applied> same = put("web", 100);
        decided();
        store.fail();

        for (CompletableFuture<Topology.Applied> answer : List.of(failed, onTop, same)) {
            assertThatThrownBy(answer::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StoreUnavailable.class);
        }
        assertThat(heard).isEmpty();
        assertThat(service.topology()).isSameAs(Topology.EMPTY);
    }

    @Test
    void goesOnFromWhatIsStoredAfterAFailure() throws Exception {
        store.succeed();
        put("web", 100).get();
        store.fail();
        assertThatThrownBy(put("lab", 200)::join).hasMessageContaining("no space left");

        store.succeed();
        Topology after = put("net", 300).get().topology();

        assertThat(after.portGroups()).containsOnlyKeys(new PortGroupName("net"), new PortGroupName("web"));
        assertThat(after.revision()).isEqualTo(2);
        assertThat(heard).containsExactly("0..1 [web]", "1..2 [net]");
    }

    @Test
    void refusesForWhatItIsWhenOnlyLaterChangesFailedToBeStored() throws Exception {
        put("web", 100);
        store.awaitCommit();
        CompletableFuture<Topology.Applied> refused = service.change(
                        "test", current -> List.of(new PortGroupDeleted(new PortGroupName("lab"))))
                .toCompletableFuture();
        CompletableFuture<Topology.Applied> failed = put("lab", 200);
        decided();
        store.succeed();
        store.awaitCommit();
        store.fail();

        assertThatThrownBy(refused::join).hasCauseInstanceOf(ChangeRejected.class);
        assertThatThrownBy(failed::join).hasCauseInstanceOf(StoreUnavailable.class);
    }

    @Test
    void survivesAListenerThatThrows() throws Exception {
        List<Long> revisions = new CopyOnWriteArrayList<>();
        TopologyListener faulty = (before, after, touched) -> {
            throw new IllegalStateException("fault");
        };
        try (SingleWriter other =
                new SingleWriter(store, List.of(faulty, (before, after, touched) -> revisions.add(after.revision())))) {
            store.succeed();
            other.change("test", current -> List.of(new PortGroupPut(portGroup("web", 100))))
                    .toCompletableFuture()
                    .get();
        }

        assertThat(revisions).containsExactly(1L);
    }

    @Test
    void refusesMoreThanItHasRoomFor() throws Exception {
        try (SingleWriter small = new SingleWriter(store, List.of(), 2)) {
            CompletableFuture<Topology.Applied> first = small.change(
                            "test", current -> List.of(new PortGroupPut(portGroup("web", 100))))
                    .toCompletableFuture();
            CompletableFuture<Topology.Applied> second =
                    small.change("test", current -> List.of()).toCompletableFuture();
            assertThatThrownBy(small.change("test", current -> List.of()).toCompletableFuture()::join)
                    .hasCauseInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("2 changes are waiting");

            store.succeed();
            first.get();
            second.get();
            assertThat(small.change("test", current -> List.of())
                            .toCompletableFuture()
                            .get()
                            .touched()
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void acknowledgesExactlyWhatIsStoredWhenManyWriteToADiskThatOftenFails() throws Exception {
        for (int commit = 0; commit < 1000; commit++) {
            if (commit % 3 == 1) {
                store.fail();
            } else {
                store.succeed();
            }
        }
        Set<PortGroupName> acknowledged = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                .mapToObj(caller -> CompletableFuture.runAsync(() -> {
                    for (int index = 0; index < 100; index++) {
                        String name = caller + "-" + index;
                        put(name, 1 + index)
                                .thenRun(() -> acknowledged.add(new PortGroupName(name)))
                                .exceptionally(refused -> null)
                                .join();
                    }
                }))
                .toList();
        callers.forEach(CompletableFuture::join);

        assertThat(acknowledged).hasSizeBetween(1, 799);
        assertThat(service.topology().portGroups().keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(store.load()).isSameAs(service.topology());
        assertThat(heard).hasSameSizeAs(acknowledged);
    }

    @Test
    void finishesWhatItHasTakenBeforeItIsClosed() {
        List<CompletableFuture<Topology.Applied>> answers = IntStream.range(1, 100)
                .mapToObj(index -> {
                    store.succeed();
                    return put("group-" + index, index);
                })
                .toList();

        service.close();

        assertThat(answers).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        assertThat(store.load().portGroups()).hasSize(99);
        assertThatThrownBy(put("late", 1)::join)
                .hasCauseInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("shutting down");
    }

    /** Returns when the writer has decided all changes so far. */
    private void decided() throws Exception {
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        service.change("test", current -> {
            turn.complete(true);
            return List.of();
        });
        turn.get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Topology.Applied> put(String name, int vlan) {
        return service.change("test", current -> List.of(new PortGroupPut(portGroup(name, vlan))))
                .toCompletableFuture();
    }

    private static PortGroup portGroup(String name, int vlan) {
        return new PortGroup(new PortGroupName(name), new VlanMode.Access(new VlanId(vlan)));
    }
}
