package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.ovsdb.row.BridgeRow;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final String UPDATE =
            "{'method':'update3','params':['plugboard','" + Followed.NEVER + "',%s],'id':null}";

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

    private static String changedBridge(String columns) {
        return UPDATE.formatted("{'Bridge':{'" + Database.BRIDGE + "':{'modify':" + columns + "}}}");
    }

    @Test
    void asksForTheColumnsThatTheSchemaHas() {
        var schema = Database.schema();
        schema.withObject("/tables/Interface/columns").remove("ifindex");

        database.answer(database.receive("get_schema"), schema.toString());

        JsonNode monitor = database.receive("monitor_cond_since");
        assertThat(monitor.at("/params/0").asText()).isEqualTo("Open_vSwitch");
        assertThat(monitor.at("/params/2/Interface/0/columns"))
                .isEqualTo(Database.json("['name','type','ofport','mac_in_use','error','external_ids']"));
        assertThat(monitor.at("/params/3").asText()).isEqualTo(Followed.NEVER);
    }

    @Test
    void tellsTheWholeAndThenEachChangeOfIt() {
        database.tellAll();
        Snapshot whole = told.connected().snapshot();
        assertThat(whole.root().uuid()).isEqualTo(Database.ROOT);
        assertThat(whole.bridges().get(Database.BRIDGE).ports()).containsExactly(Database.PORT);

        database.send(changedBridge("{'external_ids':['map',[['a','1']]],'fail_mode':'secure'}"));

        BridgeRow changed = told.changed().bridges().get(Database.BRIDGE);
        assertThat(changed.externalIds()).isEqualTo(Map.of("a", "1"));
        assertThat(changed.failMode()).contains("secure");
        assertThat(whole.bridges().get(Database.BRIDGE).failMode()).isEmpty();
    }

    @Test
    void followsServerThatKnowsConditionalMonitorsAlone() {
        database.answer(database.receive("get_schema"), Database.schema().toString());
        database.refuse(database.receive("monitor_cond_since"), "'unknown method'");
        JsonNode monitor = database.receive("monitor_cond");
        assertThat(monitor.get("params")).hasSize(3);
        database.answer(monitor, Database.rows("initial"));
        told.connected();

        database.send("{'method':'update2','params':['plugboard',{'Bridge':{'" + Database.BRIDGE
                + "':{'delete':null}}}],'id':null}");

        assertThat(told.changed().bridges()).isEmpty();
    }

    @Test
    void followsServerThatKnowsTheMonitorsOfTheRfcAlone() {
        database.answer(database.receive("get_schema"), Database.schema().toString());
        database.refuse(database.receive("monitor_cond_since"), "'unknown method'");
        database.refuse(database.receive("monitor_cond"), "'unknown method'");
        database.answer(database.receive("monitor"), Database.rows("new"));
        assertThat(told.connected().snapshot().bridges().get(Database.BRIDGE).ports())
                .containsExactly(Database.PORT);

        database.send("{'method':'update','params':['plugboard',{'Bridge':{'" + Database.BRIDGE
                + "':{'old':{'name':'br0'},'new':{'name':'br1','ports':['set',[]]}}}}],'id':null}");
        BridgeRow changed = told.changed().bridges().get(Database.BRIDGE);
        assertThat(changed.name()).isEqualTo("br1");
        assertThat(changed.ports()).isEmpty();

        database.send("{'method':'update','params':['plugboard',{'Bridge':{'" + Database.BRIDGE
                + "':{'old':{'name':'br1'}}}}],'id':null}");
        assertThat(told.changed().bridges()).isEmpty();
    }

    @Test
    void goesOnWhereAnEarlierConnectionHasEnded() {
        String transaction = "00000000-0000-4000-8000-000000000001";
        database.answer(database.receive("get_schema"), Database.schema().toString());
        database.answer(
                database.receive("monitor_cond_since"),
                "[false,'" + transaction + "'," + Database.rows("initial") + "]");
        told.connected();
        database.close();

        RecordedListener toldAgain = new RecordedListener();
        EmbeddedDatabase again = new EmbeddedDatabase(
                toldAgain, OvsdbLimits.defaults(), database.session().followed());
        again.answer(again.receive("get_schema"), Database.schema().toString());
        JsonNode monitor = again.receive("monitor_cond_since");
        assertThat(monitor.at("/params/3").asText()).isEqualTo(transaction);
        again.answer(
                monitor,
                "[true,'" + transaction + "',{'Bridge':{'" + Database.BRIDGE
                        + "':{'modify':{'fail_mode':'secure'}}}}]");

        BridgeRow bridge = toldAgain.connected().snapshot().bridges().get(Database.BRIDGE);
        assertThat(bridge.ports()).containsExactly(Database.PORT);
        assertThat(bridge.failMode()).contains("secure");
    }

    @Test
    void beginsAnewWhereTheServerHasForgotten() {
        database.tellAll();
        EmbeddedDatabase again = new EmbeddedDatabase(
                new RecordedListener(),
                OvsdbLimits.defaults(),
                database.session().followed());

        again.answer(again.receive("get_schema"), Database.schema().toString());
        again.answer(
                again.receive("monitor_cond_since"),
                "[false,'" + Followed.NEVER + "',{'Open_vSwitch':{'" + Database.ROOT + "':{'initial':{}}}}]");

        assertThat(again.session()
                        .followed()
                        .orElseThrow()
                        .replica()
                        .snapshot()
                        .orElseThrow()
                        .bridges())
                .isEmpty();
    }

    @Test
    void keepsNothingOfUpdateThatBreaksOffInTheMiddle() {
        database.tellAll();
        told.connected();

        database.send(UPDATE.formatted("{'Bridge':{'" + Database.BRIDGE + "':{'modify':{'fail_mode':'secure'}},'"
                + Database.PORT + "':{'modify':{}}}}"));

        assertThat(told.disconnected()).contains("a change of a row that is not there");
        assertThat(database.session()
                        .followed()
                        .orElseThrow()
                        .replica()
                        .snapshot()
                        .orElseThrow()
                        .bridges())
                .allSatisfy((uuid, bridge) -> assertThat(bridge.failMode()).isEmpty());
    }

    @Test
    void waitsForRootAndTellsWhenItIsGone() {
        database.answer(database.receive("get_schema"), Database.schema().toString());
        database.answer(database.receive("monitor_cond_since"), "[false,'" + Followed.NEVER + "',{}]");
        assertThat(told.poll()).isNull();

        database.send(UPDATE.formatted("{'Open_vSwitch':{'" + Database.ROOT + "':{'insert':{}}}}"));
        told.connected();
        database.send(UPDATE.formatted("{'Open_vSwitch':{'" + Database.ROOT + "':{'delete':null}}}"));

        assertThat(told.disconnected()).isEqualTo("the row of Open_vSwitch is gone");
        assertThat(database.isConnected()).isFalse();
    }

    @Test
    void leavesOutRowThatItDoesNotUnderstandUntilItDoes() {
        database.tellAll();
        told.connected();

        database.send(changedBridge("{'fail_mode':7}"));
        assertThat(told.changed().bridges()).isEmpty();
        database.send(changedBridge("{'fail_mode':'secure'}"));

        assertThat(told.changed().bridges().get(Database.BRIDGE).failMode()).contains("secure");
        assertThat(database.isConnected()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'unknown database'            | no schema of Open_vSwitch: unknown database",
                "{'error':'x','details':'why'} | no schema of Open_vSwitch: x: why"
            })
    void leavesServerOfAnotherDatabase(String error, String reason) {
        database.refuse(database.receive("get_schema"), error);

        CompletableFuture<List<OperationResult>> late = transact();
        database.hasReceived();
        assertThat(late).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining(reason);
        assertThat(database.isConnected()).isFalse();
        assertThat(told.poll()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':77,'result':1,'error':null}",
                "{'id':'1','result':1,'error':null}",
                "{'id':1,'result':1,'error':null}",
                "{'id':1,'result':{'tables':{}},'error':null}",
                "{'id':1,'result':{'tables':{'Bridge':{'columns':[]}}},'error':null}",
                "{'id':null,'result':1,'error':null}",
                "{'method':'update3','params':[],'id':null}",
                "{'method':'monitor_canceled','params':['plugboard'],'id':null}",
                "{}",
                "{'id':1",
                "[]",
                "{'id':1,'result':'\\x'}"
            })
    void leavesPeerThatIsNoDatabase(String text) {
        database.receive("get_schema");

        database.send(text);
        database.pass(Duration.ofSeconds(5));

        assertThat(database.isConnected()).isFalse();
        assertThat(told.poll()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[true]",
                "[false,'x',{}]",
                "[false,7,{}]",
                "[false,'00000000-0000-0000-0000-000000000000',[]]",
                "[false,'00000000-0000-0000-0000-000000000000',{'Bridge':[]}]",
                "[false,'00000000-0000-0000-0000-000000000000',{'Nobody':{}}]",
                "[false,'00000000-0000-0000-0000-000000000000',{'Bridge':{'1-1-1-1-1':{'initial':{}}}}]",
                "[false,'00000000-0000-0000-0000-000000000000',{'Bridge':{'x':{'initial':{}}}}]"
            })
    void leavesServerWhoseRowsAreOfAnotherShape(String result) {
        database.answer(database.receive("get_schema"), Database.schema().toString());

        database.answer(database.receive("monitor_cond_since"), result);

        assertThat(database.isConnected()).isFalse();
        assertThat(told.poll()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'method':'update3','params':[],'id':null}",
                "{'method':'update3','params':['plugboard','00000000-0000-0000-0000-000000000000'],'id':null}",
                "{'method':'update3','params':['other','00000000-0000-0000-0000-000000000000',{}],'id':null}",
                "{'method':'update3','params':['plugboard','00000000-0000-0000-0000-000000000000',7],'id':null}",
                "{'method':'update2','params':['plugboard',{}],'id':null}",
                "{'method':'nonsense','params':[],'id':null}"
            })
    void leavesServerWhoseNotificationsAreOfAnotherShape(String text) {
        database.tellAll();
        told.connected();

        database.send(text);

        assertThat(told.disconnected()).isNotEmpty();
        assertThat(database.isConnected()).isFalse();
    }

    @Test
    void tellsNothingMoreBehindWhatIsWrong() {
        database.tellAll();
        told.connected();

        database.send("{'id':9,'result':1,'error':null}" + changedBridge("{'fail_mode':'secure'}"));

        assertThat(told.disconnected()).isEqualTo("an answer to what nobody has asked");
        assertThat(told.poll()).isNull();
    }

    @Test
    void takesLargeMessagesOnlyOfServerThatHasToldItsSchema() {
        String large = "'" + "x".repeat(OvsdbLimits.defaults().strangerOctets()) + "'";
        RecordedListener toldByOther = new RecordedListener();
        EmbeddedDatabase stranger = new EmbeddedDatabase(toldByOther);
        database.tellAll();
        told.connected();

        database.send(changedBridge("{'external_ids':['map',[['a'," + large + "]]]}"));
        stranger.send("{'method':'echo','id':1,'params':[" + large + "]}");

        assertThat(told.changed().bridges().get(Database.BRIDGE).externalIds()).containsKey("a");
        assertThat(stranger.isConnected()).isFalse();
    }

    @Test
    void givesFiveSecondsForTheSchema() {
        database.receive("get_schema");

        database.pass(Duration.ofMillis(4_999));
        assertThat(database.isConnected()).isTrue();
        database.pass(Duration.ofMillis(1));

        assertThat(database.isConnected()).isFalse();
    }

    @Test
    void givesHalfMinuteForTheRowsToServerThatShowsThatItIsThere() {
        database.answer(database.receive("get_schema"), Database.schema().toString());
        database.receive("monitor_cond_since");

        for (int seconds = 0; seconds < 29; seconds++) {
            database.pass(Duration.ofSeconds(1));
            database.send("{'method':'echo','id':1,'params':[]}");
        }
        assertThat(database.isConnected()).isTrue();
        database.pass(Duration.ofSeconds(1));

        assertThat(database.isConnected()).isFalse();
    }

    @Test
    void asksSilentServerWhetherItIsThere() {
        database.tellAll();
        told.connected();

        for (int times = 0; times < 3; times++) {
            database.pass(Duration.ofSeconds(5));
            database.answer(database.receive("echo"), "[]");
        }
        assertThat(database.isConnected()).isTrue();
        database.pass(Duration.ofSeconds(5));
        database.receive("echo");
        database.pass(Duration.ofSeconds(5));

        assertThat(told.disconnected()).isEqualTo("it has said nothing for 10000 ms");
    }

    @Test
    void answersWhatItIsAsked() {
        database.receive("get_schema");

        database.send("{'method':'echo','id':'x','params':[1,'a']}{'method':'steal','id':2,'params':[]}");

        assertThat(database.receive()).isEqualTo(Database.json("{'result':[1,'a'],'error':null,'id':'x'}"));
        assertThat(database.receive()).isEqualTo(Database.json("{'result':null,'error':'unknown method','id':2}"));
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
        database.send(changedBridge("{'external_ids':['map',[['a','b']]]}") + "{'id':" + question.get("id")
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

    @Test
    void tellsOfItsEndAfterTheListenerThatHasAskedForIt() {
        List<String> order = new ArrayList<>();
        EmbeddedDatabase closed = new EmbeddedDatabase(new OvsdbListener() {
            @Override
            public void connected(OvsdbSession session, Snapshot snapshot) {
                session.close("it is not wanted");
                order.add("connected");
            }

            @Override
            public void changed(OvsdbSession session, Snapshot snapshot) {
                order.add("changed");
            }

            @Override
            public void disconnected(OvsdbSession session, String reason) {
                order.add(reason);
            }
        });

        closed.tellAll();

        assertThat(order).containsExactly("connected", "it is not wanted");
        assertThat(closed.isConnected()).isFalse();
    }

    @Test
    void endsWhenItsListenerFails() {
        EmbeddedDatabase failing = new EmbeddedDatabase(new OvsdbListener() {
            @Override
            public void connected(OvsdbSession session, Snapshot snapshot) {
                throw new IllegalStateException("a fault of the listener");
            }

            @Override
            public void changed(OvsdbSession session, Snapshot snapshot) {}

            @Override
            public void disconnected(OvsdbSession session, String reason) {
                told.disconnected(session, reason);
            }
        });

        failing.tellAll();

        assertThat(told.disconnected()).contains("a fault of the listener");
        assertThat(failing.isConnected()).isFalse();
    }
}
