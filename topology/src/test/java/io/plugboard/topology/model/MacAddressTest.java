package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "52:54:00:aa:0b:cc",
                "52:54:00:AA:0B:CC",
                "52-54-00-aa-0b-cc",
                "52:54:0:aa:b:cc",
                "5254.00aa.0bcc",
                "525400aa0bcc",
                " 52:54:00:aa:0b:cc\n"
            })
    void readsEveryUsualSpelling(String text) {
        assertThat(MacAddress.parse(text)).hasToString("52:54:00:aa:0b:cc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "52:54:00:aa:bb",
                "52:54:00:aa:bb:cc:dd",
                "52:54:00:aa:bb:cg",
                "52:54:00:aa:bb:ccc",
                "52:54-00:aa:bb:cc",
                "5254:00aa:bbcc",
                "0x525400aabbcc",
                "525400aabbc",
                "52:54:00:aa:bb:",
                "٥2:54:00:aa:bb:cc"
            })
    void refusesAnythingElseAndNamesIt(String text) {
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a MAC address such as 52:54:00:aa:bb:cc");
    }

    @Property
    void readsWhatItPrints(@ForAll @LongRange(min = 0, max = 0xffff_ffff_ffffL) long bits) {
        MacAddress mac = new MacAddress(bits);

        assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01:00:5e:00:00:01", "33:33:00:00:00:01", "ff:ff:ff:ff:ff:ff"})
    void knowsGroupAddressesByTheirFirstOctet(String text) {
        assertThat(MacAddress.parse(text).isGroup()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"52:54:00:00:00:01", "00:ff:ff:ff:ff:ff", "fe:ff:ff:ff:ff:ff"})
    void knowsUnicastAddresses(String text) {
        assertThat(MacAddress.parse(text).isGroup()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000_0000L, Long.MIN_VALUE})
    void refusesMoreThan48Bits(long bits) {
        assertThatThrownBy(() -> new MacAddress(bits)).isInstanceOf(IllegalArgumentException.class);
    }
}
