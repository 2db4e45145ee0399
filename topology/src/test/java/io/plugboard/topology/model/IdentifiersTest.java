package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datapath ids, VLAN ids, ids of vNICs and port groups, ports. */
class IdentifiersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000a1",
                "00000000000000A1",
                "0x00000000000000a1",
                "00:00:00:00:00:00:00:a1",
                " 00000000000000a1 "
            })
    void readsADatapathIdAsSwitchesSpellIt(String text) {
        assertThat(DatapathId.parse(text)).isEqualTo(new DatapathId(0xa1)).hasToString("00000000000000a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a1", "00000000000000g1", "000000000000000a1", "-0000000000000a1", "00:00:00:00:00:a1"})
    void refusesADatapathIdOfOtherThan16Digits(String text) {
        assertThatThrownBy(() -> DatapathId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a datapath id");
    }

    @Property
    void readsEveryDatapathIdThatItPrints(@ForAll long bits) {
        assertThat(DatapathId.parse(new DatapathId(bits).toString())).isEqualTo(new DatapathId(bits));
    }

    @Test
    void ordersDatapathIdsAsUnsigned() {
        assertThat(DatapathId.parse("ffffffffffffffff")).isGreaterThan(DatapathId.parse("7fffffffffffffff"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4095, 4096, Integer.MAX_VALUE})
    void refusesAVlanThatIsNone(int vlan) {
        assertThatThrownBy(() -> new VlanId(vlan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a VLAN id is 0 (untagged) to 4094, not " + vlan);
    }

    @Test
    void refusesVlan0AsAnAccessVlan() {
        assertThatThrownBy(() -> new VlanMode.Access(VlanId.UNTAGGED)).hasMessage("an access VLAN is 1 to 4094, not 0");
        assertThat(new VlanMode.Untagged().vlans().first()).isEqualTo(VlanId.UNTAGGED);
        assertThat(new VlanMode.Access(new VlanId(4094)).vlans().first().isTagged())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1", "A.b_c:d-9", "52:54:00:aa:bb:cc"})
    void takesTheIdsThatHypervisorsUse(String id) {
        assertThat(new VnicId(id)).hasToString(id);
        assertThat(new PortGroupName(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "", "a b", "a/b", "ä", "a\n", "a\u0000"})
    void refusesIdsWithOtherCharacters(String id) {
        assertThatThrownBy(() -> new VnicId(id)).hasMessageContaining("is not the id of a vNIC: 1 to 128 of");
        assertThatThrownBy(() -> new PortGroupName(id)).hasMessageContaining("is not the id of a port group");
    }

    @Test
    void refusesIdsOfMoreThan128Characters() {
        assertThat(new VnicId("x".repeat(128)).text()).hasSize(128);
        assertThatThrownBy(() -> new VnicId("x".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tap0", "vnet 12", "eth0.100", "fifteen-letters", " ", "~"})
    void takesPortNamesThatFitOpenFlow(String name) {
        assertThat(new PortRef.ByName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sixteen-letters.", "tap\n", "tap\u0000", "täp0"})
    void refusesPortNamesThatDoNotFitOpenFlow(String name) {
        assertThatThrownBy(() -> new PortRef.ByName(name))
                .hasMessage("a port name has 1 to 15 characters of printable ASCII, not '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0x7fffffff, 0xffffff00, PortRef.LOCAL})
    void takesPortNumbersOfPortsAndOfLocal(int number) {
        assertThat(new PortRef.ByNumber(number)).hasToString("number " + Integer.toUnsignedString(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xffffff01, 0xfffffffd, 0xffffffff})
    void refusesPortNumbersThatMeanSomethingElse(int number) {
        assertThatThrownBy(() -> new PortRef.ByNumber(number))
                .hasMessage("a port number is 1 to 0xffffff00 or LOCAL (0xfffffffe), not "
                        + Integer.toUnsignedString(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Bridge.MAX_UPLINKS + 1})
    void refusesAnUplinkSlotThatTheMetadataHasNoRoomFor(int slot) {
        assertThatThrownBy(() -> new UplinkPin(slot)).hasMessage("an uplink slot is 0 to 31, not " + slot);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Bridge.MAX_UPLINKS})
    void takesUplinkSlotsFromNoneToTheHighest(int slot) {
        assertThat(new UplinkPin(slot).isPinned()).isEqualTo(slot > 0);
    }
}
