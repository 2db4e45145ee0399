package io.plugboard.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.topology.model.DatapathId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendOrderTest {
    private static final String TABLE_FULL = "OFPFMFC_TABLE_FULL";

    private final FakeSwitch fake = new FakeSwitch(new DatapathId(0xa1));

    @Test
    void isOneBundle() {
        assertThat(send(new SendOrder(Optional.empty(), add(1, 2), delete(3, 3))))
                .isEmpty();

        assertThat(fake.bundles).containsExactly(concatenated(add(1, 2), delete(3, 3)));
        assertThat(fake.received).isEqualTo(fake.bundles.get(0));
    }

    @Test
    void isNoBundleWhenItIsOneMessage() {
        assertThat(send(new SendOrder(Optional.empty(), List.of(), delete(3, 3))))
                .isEmpty();

        assertThat(fake.bundles).isEmpty();
        assertThat(fake.received).isEqualTo(delete(3, 3));
    }

    @Test
    void isPlainForASwitchWithoutBundles() {
        fake.profile = new SwitchProfile(254, -1L, true, true, false, true);

        assertThat(send(new SendOrder(Optional.empty(), add(1, 2), delete(3, 3))))
                .isEmpty();

        assertThat(fake.bundles).isEmpty();
        assertThat(fake.received).isEqualTo(concatenated(add(1, 2), delete(3, 3)));
    }

    @Test
    void isPlainWhereABundleWouldBeTooLarge() {
        int most = SendOrder.MAX_BUNDLED;
        send(new SendOrder(Optional.empty(), add(1, most), delete(1, 1)));
        assertThat(fake.bundles).isEmpty();
        assertThat(fake.received).hasSize(most + 1);

        send(new SendOrder(Optional.empty(), add(1, most - 1), delete(1, 1)));
        assertThat(fake.bundles).hasSize(1);
    }

    @Test
    void isSentAgainWithoutWhatTheSwitchRefuses() {
        refuse(2, 4);

        List<Refusal> refusals = send(new SendOrder(Optional.empty(), add(1, 5), delete(6, 6)));

        assertThat(refusals).containsExactly(refusal(2), refusal(4));
        assertThat(fake.bundles).extracting(List::size).containsExactly(6, 5, 4);
        assertThat(fake.groups).containsOnlyKeys(new GroupId(1), new GroupId(3), new GroupId(5));
    }

    @Test
    void isPlainWhenTheSwitchRefusesTooManyOneAfterTheOther() {
        Set<Integer> refused = refuse(IntStream.rangeClosed(1, 20).toArray());

        List<Refusal> refusals = send(new SendOrder(Optional.empty(), add(1, 25), delete(30, 30)));

        assertThat(refusals)
                .containsExactlyElementsOf(
                        refused.stream().sorted().map(SendOrderTest::refusal).toList());
        assertThat(fake.bundles).hasSize(SendOrder.MAX_BUNDLES);
        assertThat(fake.groups).hasSize(5);
    }

    @Test
    void isPlainWhenTheSwitchDoesNotNameWhatItRefuses() {
        FakeSwitch unwilling = new FakeSwitch(new DatapathId(0xa1));
        unwilling.refusesBundles = true;

        List<Refusal> refusals = new SendOrder(Optional.empty(), add(1, 2), delete(3, 3))
                .send(unwilling)
                .toCompletableFuture()
                .join();

        assertThat(refusals).isEmpty();
        assertThat(unwilling.bundles).hasSize(1);
        assertThat(unwilling.groups).hasSize(2);
    }

    @Test
    void isOverWhenNothingOfItIsLeft() {
        refuse(1, 2);

        assertThat(send(new SendOrder(Optional.empty(), add(1, 2), List.of()))).containsExactly(refusal(1), refusal(2));

        assertThat(fake.groups).isEmpty();
    }

    @Test
    void sendsTheMeterBeforeTheBundleAndBlamesNobodyForIt() {
        SwitchCommand.AddMeter meter = new SwitchCommand.AddMeter(ControllerMeter.WANTED);
        fake.refuses = meter::equals;

        assertThat(send(new SendOrder(Optional.of(meter), add(1, 2), List.of())))
                .isEmpty();

        assertThat(fake.received).isEqualTo(concatenated(List.of(meter), add(1, 2)));
        assertThat(fake.bundles).containsExactly(add(1, 2));
    }

    @Test
    void sendsNoMeterToASwitchWithoutMeters() {
        fake.profile = new SwitchProfile(254, -1L, true, true, true, false);

        send(new SendOrder(Optional.of(new SwitchCommand.AddMeter(ControllerMeter.WANTED)), List.of(), List.of()));

        assertThat(fake.received).isEmpty();
    }

    @Test
    void endsWithTheSession() {
        fake.answersAtOnce = false;
        CompletableFuture<List<Refusal>> sent =
                new SendOrder(Optional.empty(), add(1, 2), List.of()).send(fake).toCompletableFuture();

        fake.lose("gone");

        assertThat(sent).isCompletedExceptionally();
    }

    private List<Refusal> send(SendOrder order) {
        return order.send(fake).toCompletableFuture().join();
    }

    private Set<Integer> refuse(int... groups) {
        Set<Integer> refused = new HashSet<>();
        IntStream.of(groups).forEach(refused::add);
        fake.refuses = command -> command instanceof SwitchCommand.AddGroup add
                && refused.contains(add.group().id().bits());
        return refused;
    }

    private static Refusal refusal(int group) {
        return new Refusal(add(group, group).get(0), TABLE_FULL);
    }

    private static List<SwitchCommand> add(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .<SwitchCommand>mapToObj(
                        number -> new SwitchCommand.AddGroup(new Group(new GroupId(number), List.of())))
                .toList();
    }

    private static List<SwitchCommand> delete(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .<SwitchCommand>mapToObj(number -> new SwitchCommand.DeleteGroup(new GroupId(number)))
                .toList();
    }

    private static List<SwitchCommand> concatenated(List<SwitchCommand> one, List<SwitchCommand> other) {
        List<SwitchCommand> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
