package io.plugboard.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkInfoTest {

    /** As QEMU 7.2 says it. */
    @Test
    void findsTapsOfCardsAndCardsWithout() {
        assertThat(NetworkInfo.taps(
                        "hub 0\r\n \\ h1: e1000.0: index=0,type=nic,model=e1000,macaddr=52:54:00:00:00:02\r\n"
                                + "net0: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:00:00:01\r\n"
                                + " \\ hn0: index=0,type=tap,ifname=vnet0,script=no,downscript=no\r\n"
                                + "virtio-net-pci.1: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:00:00:03\r\n"
                                + "net2: index=0,type=nic,model=e1000,macaddr=52:54:00:00:00:04\r\n"
                                + " \\ hn2: index=0,type=tap,fd=31\r\n"))
                .isEqualTo(Map.of(
                        "net0", Optional.of("vnet0"),
                        "virtio-net-pci.1", Optional.empty(),
                        "net2", Optional.empty()));
    }

    @Test
    void findsNothingInNonsense() {
        assertThat(NetworkInfo.taps(" \\ hn0: index=0,type=tap,ifname=vnet0\nunknown command: 'info'\n\n"))
                .isEmpty();
    }

    @Test
    void givesNoCardTheTapOfAnother() {
        assertThat(NetworkInfo.taps("net0: index=0,type=nic,model=e1000,macaddr=52:54:00:00:00:04\n"
                        + "hn1: index=0,type=tap,ifname=vnet1\n \\ hn2: index=0,type=tap,ifname=vnet2\n"))
                .isEqualTo(Map.of("net0", Optional.empty()));
    }
}
