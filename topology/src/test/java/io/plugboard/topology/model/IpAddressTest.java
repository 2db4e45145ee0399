package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "255.255.255.255, 255.255.255.255",
        "' 0.0.0.0\n', 0.0.0.0",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8::0001, 2001:db8::1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "::ffff:c000:201, ::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "fe80::ffff:ffff:ffff:ffff, fe80::ffff:ffff:ffff:ffff",
    })
    void readsEveryFormAndPrintsTheCanonicalOne(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1.",
                "192.0.2.01",
                "192.0.2.1/24",
                "192.0.2.-1",
                "0xc0.0.2.1",
                "3221225985",
                "localhost",
                "٣.0.2.1",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                ":1::",
                "1:",
                "::1:",
                "fe80::1%eth0",
                "2001:db8::/32",
                "[::1]",
                "192.0.2.1::",
                "::192.0.2.1:1",
                "::192.0.2",
                "::192.0.2.256",
                "1:2:3:4:5:6:7:1.2.3.4",
            })
    void refusesAnythingElseAndNamesIt(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not an IP address such as 192.0.2.1 or 2001:db8::1");
    }

    @Property
    void readsTheIpv4AddressThatItPrints(@ForAll int bits) {
        Ipv4Address address = new Ipv4Address(bits);

        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }

    @Property
    void readsTheIpv6AddressThatItPrints(
            @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 0xff) int zeroOctets) {
        Ipv6Address address = new Ipv6Address(high & mask(zeroOctets), low & mask(zeroOctets >> 4));

        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }

    /** Keeps some of the four groups, so that runs of zeros come about. */
    private static long mask(int groups) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask = mask << 16 | ((groups >> group & 1) == 1 ? 0xffff : 0);
        }
        return mask;
    }

    @Test
    void hasTheOctetsOfTheWire() {
        assertThat(IpAddress.parse("192.168.2.1").octets()).containsExactly(0xc0, 0xa8, 2, 1);
        assertThat(IpAddress.parse("2001:db8:a1::203:405:607:8a9").octets())
                .containsExactly(0x20, 1, 0x0d, 0xb8, 0, 0xa1, 0, 0, 2, 3, 4, 5, 6, 7, 8, 0xa9);
    }

    @Test
    void sortsIpv4BeforeIpv6AndByBits() {
        List<IpAddress> sorted = List.of(
                IpAddress.parse("1.0.0.0"),
                IpAddress.parse("200.0.0.0"),
                IpAddress.parse("::"),
                IpAddress.parse("::8000:0:0:0"),
                IpAddress.parse("1::"),
                IpAddress.parse("fe80::1"));

        assertThat(new TreeSet<>(List.of(
                        sorted.get(5), sorted.get(1), sorted.get(3), sorted.get(2), sorted.get(0), sorted.get(4))))
                .containsExactlyElementsOf(sorted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "239.255.255.255", "ff02::1", "ff00::"})
    void knowsGroups(String text) {
        assertThat(IpAddress.parse(text).isMulticast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"223.255.255.255", "240.0.0.0", "fe80::1", "::"})
    void knowsWhatIsNoGroup(String text) {
        assertThat(IpAddress.parse(text).isMulticast()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"fe80::1, true", "febf:ffff::1, true", "fec0::1, false", "fe7f::1, false", "2001:db8::1, false"})
    void knowsLinkLocalAddresses(String text, boolean isLinkLocal) {
        assertThat(Ipv6Address.parse(text).isLinkLocal()).isEqualTo(isLinkLocal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "ff02::1",
                "::ffff:192.0.2.1",
            })
    void aVnicHasNoAddressThatNoNetworkCardCanHave(String text) {
        assertThatThrownBy(() -> new VnicAddress(IpAddress.parse(text)))
                .hasMessage(text + " is no address of a network card: it is unspecified, loopback, broadcast or"
                        + " multicast, or never on the wire");
    }

    @Test
    void aVnicsAddressSaysItsVlan() {
        IpAddress ip = IpAddress.parse("2001:db8::1");

        assertThat(new VnicAddress(ip)).hasToString("2001:db8::1");
        assertThat(new VnicAddress(ip, Optional.of(new VlanId(7)))).hasToString("2001:db8::1 in VLAN 7");
        assertThat(new VnicAddress(ip)).isLessThan(new VnicAddress(ip, Optional.of(VlanId.UNTAGGED)));
    }
}
