package io.plugboard.agent.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.MacAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkTest {
    /** As iproute2 6.1 prints it, in one line. */
    private static final String VETH =
            "2: eth0@if38: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\"
                    + "    link/ether 66:89:af:f1:be:12 brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 0  allmulti 0 minmtu 68"
                    + " maxmtu 65535 \\    veth addrgenmode eui64 numtxqueues 2 numrxqueues 2 gso_max_size 65536 ";

    private static Link read(String line) {
        return Link.read(line).orElseThrow();
    }

    @Test
    void readsVethWithTheIndexOfItsPeer() {
        assertThat(read(VETH))
                .isEqualTo(new Link(2, "eth0", Optional.of(38), MacAddress.parse("66:89:af:f1:be:12"), false, false));
    }

    @Test
    void isPromiscuousByWhateverHasMadeItSo() {
        assertThat(read(VETH.replace("promiscuity 0", "promiscuity 1")).promiscuous())
                .isTrue();
    }

    @Test
    void hearsAllMulticastByItsCountOrByItsFlagWhereThereIsNoCount() {
        assertThat(read(VETH.replace("allmulti 0", "allmulti 1")).allMulticast())
                .isTrue();
        String older = VETH.replace(" allmulti 0", "");
        assertThat(read(older).allMulticast()).isFalse();
        assertThat(read(older.replace(",MULTICAST,", ",MULTICAST,ALLMULTI,")).allMulticast())
                .isTrue();
    }

    @Test
    void takesNothingButVethForPluggedIntoDeviceOutside() {
        assertThat(read(VETH.replace("\\    veth ", "\\    macvlan mode bridge "))
                        .peerIndex())
                .isEmpty();
        assertThat(read(VETH.replace("@if38", "@other")).peerIndex()).isEmpty();
        assertThat(read(VETH.replace("@if38", "")).name()).isEqualTo("eth0");
    }

    @Test
    void readsNothingFromDeviceWhoseAddressNoNetworkCardCanOwn() {
        assertThat(
                        Link.read(
                                "3: gretap0@NONE: <BROADCAST,MULTICAST> mtu 1462 qdisc noop state DOWN mode DEFAULT group default\\"
                                        + "    link/ether 00:00:00:00:00:00 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 0 maxmtu 0 "))
                .isEmpty();
        assertThat(Link.read(VETH.replace("66:89:af", "67:89:af"))).isEmpty();
    }

    @Test
    void readsNothingFromWhatIsNoEthernetDevice() {
        assertThat(Link.read("1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN mode DEFAULT group default qlen 1000\\"
                        + "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0  allmulti 0 "))
                .isEmpty();
        assertThat(Link.read("")).isEmpty();
        assertThat(Link.read("Deleted " + VETH)).isEmpty();
    }

    @Test
    void knowsWhichDeviceHasGone() {
        assertThat(Link.gone("Deleted " + VETH)).contains(2);
        assertThat(Link.gone(VETH)).isEmpty();
    }
}
