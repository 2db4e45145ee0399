package io.plugboard.agent.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyWriterTest {
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final KeyWriter keys = new KeyWriter(clock.eventLoop());
    private final FakeDatabase database = new FakeDatabase();

    KeyWriterTest() {
        clock.freezeTime();
    }

    private void pass(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
        clock.runPendingTasks();
    }

    private void connect(FakeDatabase there) {
        keys.connected(there, there.snapshot());
        pass(0);
    }

    /** As a database does: first it tells of what has changed, then it answers. */
    private void commit() {
        Runnable answer = database.commit();
        keys.changed(database, database.snapshot());
        answer.run();
        pass(0);
    }

    private void report(Card... cards) {
        keys.report("QEMU web-1", List.of(cards));
        pass(0);
    }

    private UUID row(String name) {
        return database.add(name, Optional.empty(), Map.of());
    }

    private Optional<String> running(UUID row) {
        return Optional.ofNullable(database.externalIds(row).get(Wanted.RUNNING));
    }

    @Test
    void writesOnceTheDatabaseIsThere() {
        UUID row = row("vnet0");
        report(Cards.at("vnet0", true));
        connect(database);
        commit();
        assertThat(running(row)).contains("true");
        pass(1000);
        assertThat(database.open()).isZero();
    }

    @Test
    void writesAtOnceAndThenTheNewestWithOneTransactionUnderWay() {
        UUID row = row("vnet0");
        connect(database);
        report(Cards.at("vnet0", true));
        assertThat(database.open()).isEqualTo(1);
        for (int change = 0; change < 100; change++) {
            report(Cards.at("vnet0", change % 2 == 0));
        }
        assertThat(database.open()).isEqualTo(1);
        commit();
        assertThat(running(row)).contains("true");
        pass(20);
        commit();
        assertThat(running(row)).contains("false");
        pass(1000);
        assertThat(database.open()).isZero();
    }

    @Test
    void writesIntoRowThatComesLaterAndAgainWhenItIsMadeAnew() {
        connect(database);
        report(Cards.at("vnet0", true));
        assertThat(database.open()).isZero();
        UUID row = row("vnet0");
        keys.changed(database, database.snapshot());
        pass(0);
        commit();
        assertThat(running(row)).contains("true");
        pass(20);
        database.remove(row);
        UUID anew = row("vnet0");
        keys.changed(database, database.snapshot());
        pass(0);
        commit();
        assertThat(running(anew)).contains("true");
    }

    @Test
    void writesWhatIsMissingWhenTheDatabaseHasComeBack() {
        row("vnet0");
        connect(database);
        report(Cards.at("vnet0", true));
        keys.disconnected(database, "gone");
        pass(0);
        report(Cards.at("vnet0", false));
        FakeDatabase restored = new FakeDatabase();
        UUID row = restored.add("vnet0", Optional.empty(), Map.of());
        connect(restored);
        restored.commit().run();
        assertThat(restored.externalIds(row)).containsEntry(Wanted.RUNNING, "false");
    }

    @Test
    void triesAgainAfterWhileWhatTheDatabaseRefuses() {
        UUID row = row("vnet0");
        connect(database);
        report(Cards.at("vnet0", true));
        database.refuse();
        pass(0);
        pass(999);
        assertThat(database.open()).isZero();
        pass(1);
        commit();
        assertThat(running(row)).contains("true");
    }

    @Test
    void restsInDisputeWithSomebodyElse() {
        UUID row = row("vnet0");
        connect(database);
        report(Cards.at("vnet0", true));
        commit();
        database.set(row, Map.of());
        keys.changed(database, database.snapshot());
        pass(19);
        assertThat(database.open()).isZero();
        pass(1);
        assertThat(database.open()).isEqualTo(1);
    }

    @Test
    void writesTheLastWordOfWhoeverIsRetiredAndThenForgetsIt() {
        UUID row = row("vnet0");
        connect(database);
        report(Cards.at("vnet0", false));
        keys.retire("QEMU web-1");
        pass(0);
        commit();
        pass(20);
        assertThat(running(row)).contains("false");
        database.set(row, Map.of());
        keys.changed(database, database.snapshot());
        pass(0);
        assertThat(database.open()).isZero();
    }

    @Test
    void believesWhoeverIsThereBeforeWhoeverIsRetired() {
        UUID row = row("vnet0");
        report(Cards.at("vnet0", false));
        keys.retire("QEMU web-1");
        keys.report("QEMU web-2", List.of(Cards.at("vnet0", true)));
        connect(database);
        commit();
        assertThat(running(row)).contains("true");
    }
}
