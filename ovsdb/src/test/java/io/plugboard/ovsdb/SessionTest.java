package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.ovsdb.row.BridgeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final RecordedListener told = new RecordedListener();
    private final EmbeddedDatabase database = new EmbeddedDatabase(told);

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

        database.send(Database.changedBridge("{'external_ids':['map',[['a','1']]],'fail_mode':'secure'}"));

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

        database.send(Database.update("{'Bridge':{'" + Database.BRIDGE + "':{'modify':{'fail_mode':'secure'}},'"
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

        database.send(Database.update("{'Open_vSwitch':{'" + Database.ROOT + "':{'insert':{}}}}"));
        told.connected();
        database.send(Database.update("{'Open_vSwitch':{'" + Database.ROOT + "':{'delete':null}}}"));

        assertThat(told.disconnected()).isEqualTo("the row of Open_vSwitch is gone");
        assertThat(database.isConnected()).isFalse();
    }

    /** A database that was restored from a copy, or another one in its place. */
    @Test
    void leavesServerWhoseRootBecomesAnother() {
        database.tellAll();
        told.connected();

        database.send(Database.update(
                "{'Open_vSwitch':{'" + Database.ROOT + "':{'delete':null},'" + Database.BRIDGE + "':{'insert':{}}}}"));

        assertThat(told.disconnected()).isEqualTo("the row of Open_vSwitch is another one");
    }

    @Test
    void leavesOutRowThatItDoesNotUnderstandUntilItDoes() {
        database.tellAll();
        told.connected();

        database.send(Database.changedBridge("{'fail_mode':7}"));
        assertThat(told.changed().bridges()).isEmpty();
        database.send(Database.changedBridge("{'fail_mode':'secure'}"));

        assertThat(told.changed().bridges().get(Database.BRIDGE).failMode()).contains("secure");
        assertThat(database.isConnected()).isTrue();
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
