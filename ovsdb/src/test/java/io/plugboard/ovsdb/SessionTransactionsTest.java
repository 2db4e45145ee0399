package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTransactionsTest {
    private final RecordedListener told = new RecordedListener();
    private final EmbeddedDatabase database = new EmbeddedDatabase(told);

    private static List<Operation> operations() {
        return List.of(
                new Operation.PutKeys("Bridge", Database.BRIDGE, "external_ids", Map.of("a", "b"), Set.of("c")),
                new Operation.Comment("why"));
    }

    private CompletableFuture<List<OperationResult>> transact() {
        return database.session().transact(operations()).toCompletableFuture();
    }

    @Test
    void tellsWhatTransactionHasChangedBeforeItsResults() {
        database.tellAll();
        told.connected();
        List<Object> order = new ArrayList<>();
        CompletableFuture<List<OperationResult>> outcome = transact();
        outcome.thenAccept(results -> order.add(told.poll()));

        JsonNode question = database.receive("transact");
        assertThat(question.get("params"))
                .isEqualTo(
                        Database.json("['Open_vSwitch',{'op':'mutate','table':'Bridge','where':[['_uuid','==',['uuid','"
                                + Database.BRIDGE + "']]],'mutations':[['external_ids','delete',['set',['c','a']]],"
                                + "['external_ids','insert',['map',[['a','b']]]]]},{'op':'comment','comment':'why'}]"));
        database.send(Database.changedBridge("{'external_ids':['map',[['a','b']]]}") + "{'id':" + question.get("id")
                + ",'result':[{'count':1},{}],'error':null}");

        assertThat(outcome)
                .isCompletedWithValue(List.of(
                        new OperationResult.Done(1, Optional.empty()), new OperationResult.Done(0, Optional.empty())));
        assertThat(order).singleElement().isInstanceOf(RecordedListener.Event.Changed.class);
    }

    @Test
    void saysThatTransactionWasRefusedAsWhole() {
        database.tellAll();
        CompletableFuture<List<OperationResult>> outcome = transact();

        database.refuse(database.receive("transact"), "{'error':'not allowed','details':'read only'}");

        assertThat(outcome)
                .isCompletedWithValue(List.of(
                        new OperationResult.NotTried(),
                        new OperationResult.NotTried(),
                        new OperationResult.Failed("not allowed", "read only")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "[{}]", "[{},1]", "[{},{'uuid':'x'}]"})
    void failsAllTransactionsWhenTheResultsOfOneAreOfAnotherShape(String results) {
        database.tellAll();
        CompletableFuture<List<OperationResult>> one = transact();
        CompletableFuture<List<OperationResult>> two = transact();

        database.answer(database.receive("transact"), results);

        assertThat(one).isCompletedExceptionally();
        assertThat(two).isCompletedExceptionally();
        assertThat(database.isConnected()).isFalse();
    }

    @Test
    void leavesServerThatAnswersEverythingButTransactions() {
        database.tellAll();
        told.connected();
        CompletableFuture<List<OperationResult>> outcome = transact();
        database.receive("transact");

        for (int seconds = 0; seconds < 30; seconds++) {
            database.pass(Duration.ofSeconds(1));
            database.send("{'method':'echo','id':1,'params':[]}");
        }

        assertThat(outcome)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class)
                .withMessageContaining("it has not answered transact within 30000 ms");
        assertThat(told.disconnected()).contains("transact");
    }

    @Test
    void refusesMoreTransactionsThanThereMayBe() {
        database.tellAll();
        List<CompletableFuture<List<OperationResult>>> outcomes = new ArrayList<>();
        for (int count = 0; count < OvsdbLimits.defaults().transactions(); count++) {
            outcomes.add(transact());
        }

        assertThat(transact()).isCompletedExceptionally();
        assertThat(outcomes).noneMatch(CompletableFuture::isDone);

        database.answer(database.receive("transact"), "[{'count':1},{}]");
        assertThat(outcomes.get(0)).isCompleted();
        assertThat(transact()).isNotDone();
    }

    @Test
    void holdsTransactionsBackUntilTheServerReads() {
        database.tellAll();
        told.connected();
        database.setReading(false);

        CompletableFuture<List<OperationResult>> outcome = transact();
        assertThat(database.hasReceived()).isFalse();
        database.setReading(true);

        database.answer(database.receive("transact"), "[{'count':1},{}]");
        assertThat(outcome).isCompleted();
    }

    @Test
    void failsWhatIsHeldBackWhenTheConnectionEnds() {
        database.tellAll();
        told.connected();
        database.setReading(false);
        CompletableFuture<List<OperationResult>> outcome = transact();
        database.hasReceived();

        database.close();

        assertThat(outcome).isCompletedExceptionally();
        assertThat(told.disconnected()).isEqualTo("the other side has closed the connection");
    }
}
