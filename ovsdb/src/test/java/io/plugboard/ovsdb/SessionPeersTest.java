package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer that is wrong, large, slow or silent is told, and costs. */
class SessionPeersTest {
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

        database.send("{'id':9,'result':1,'error':null}" + Database.changedBridge("{'fail_mode':'secure'}"));

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

        database.send(Database.changedBridge("{'external_ids':['map',[['a'," + large + "]]]}"));
        stranger.send("{'method':'echo','id':1,'params':[" + large + "]}");

        assertThat(told.changed().bridges().get(Database.BRIDGE).externalIds()).containsKey("a");
        assertThat(stranger.isConnected()).isFalse();
    }

    /** However little each of them is. */
    @Test
    void leavesServerWhoseRowsBecomeTooMany() {
        EmbeddedDatabase endless =
                new EmbeddedDatabase(told, OvsdbLimits.defaults().withReplicaOctets(100_000), Optional.empty());
        endless.tellAll();
        told.connected();

        // Rows that go make room.
        for (int rows = 0; rows < 1_000; rows++) {
            endless.send(port(rows, "{'insert':{'name':'a'}}"));
            told.changed();
            endless.send(port(rows, "{'delete':null}"));
            told.changed();
        }
        int rows = 0;
        while (endless.isConnected()) {
            endless.send(port(rows, "{'insert':{'name':'a'}}"));
            rows++;
        }

        assertThat(rows).isBetween(200, 1_000);
        for (int row = 1; row < rows; row++) {
            told.changed();
        }
        assertThat(told.disconnected()).isEqualTo("its rows take more than 100000 octets");
    }

    private static String port(int number, String update) {
        return Database.update("{'Port':{'" + new UUID(0, number) + "':" + update + "}}");
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
}
