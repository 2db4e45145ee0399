package io.plugboard.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.OpenVSwitchRow;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.ovsdb.wire.ProtocolViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private static final UUID ROW = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");

    @Test
    void readsSetsOfOneAsTheyMayStand() {
        PortRow whole = Rows.port(
                ROW,
                Database.json("{'name':'p','interfaces':['set',[['uuid','" + OTHER
                        + "']]],'tag':['set',[5]],'trunks':['set',[7]]}"));
        PortRow bare =
                Rows.port(ROW, Database.json("{'name':'p','interfaces':['uuid','" + OTHER + "'],'tag':5,'trunks':7}"));

        assertThat(bare).isEqualTo(whole);
        assertThat(bare)
                .isEqualTo(
                        new PortRow(ROW, "p", List.of(OTHER), Optional.of(5), Set.of(7), Optional.empty(), Map.of()));
    }

    @Test
    void readsRowOfNothingButDefaults() {
        assertThat(Rows.ofInterface(ROW, Database.json("{}")))
                .isEqualTo(new InterfaceRow(
                        ROW, "", "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
        assertThat(Rows.root(ROW, Database.json("{'ovs_version':['set',[]]}")))
                .isEqualTo(new OpenVSwitchRow(ROW, Map.of(), ""));
    }

    @Test
    void readsPortThatCouldNotBeOpened() {
        assertThat(Rows.ofInterface(ROW, Database.json("{'ofport':-1,'error':'no device'}")))
                .satisfies(row -> {
                    assertThat(row.ofport()).contains(-1);
                    assertThat(row.error()).contains("no device");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':7}",
                "{'name':null}",
                "{'name':['set',['a','b']]}",
                "{'type':true}",
                "{'ofport':'1'}",
                "{'ofport':1.5}",
                "{'ofport':4294967296}",
                "{'ofport':1e100}",
                "{'external_ids':{}}",
                "{'external_ids':'a'}",
                "{'external_ids':['map',[['a']]]}",
                "{'external_ids':['map',[['a',1]]]}",
                "{'external_ids':['map',7]}"
            })
    void refusesInterfaceOfAnotherShape(String row) {
        assertThatThrownBy(() -> Rows.ofInterface(ROW, Database.json(row))).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'interfaces':'x'}",
                "{'interfaces':['uuid','x']}",
                "{'interfaces':['uuid',7]}",
                "{'interfaces':['uuid','1-1-1-1-1']}",
                "{'interfaces':['named-uuid','x']}",
                "{'trunks':['set',['a']]}"
            })
    void refusesPortOfAnotherShape(String row) {
        assertThatThrownBy(() -> Rows.port(ROW, Database.json(row))).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void saysNoMoreOfWhatIsWrongThanFitsLine() {
        assertThatThrownBy(() -> Columns.integer(Database.json("'" + "x".repeat(10_000) + "'")))
                .message()
                .hasSizeLessThan(120);
    }
}
