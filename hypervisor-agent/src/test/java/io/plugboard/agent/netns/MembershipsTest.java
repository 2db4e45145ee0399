package io.plugboard.agent.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.topology.model.MacAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private static SortedSet<MacAddress> macs(String... texts) {
        return new TreeSet<>(Arrays.stream(texts).map(MacAddress::parse).toList());
    }

    @Test
    void readsTheListOfTheKernel() {
        assertThat(Memberships.read("2    eth0            1     0     333300000001\n"
                        + "2    eth0            1     0     01005e010203\n"
                        + "13   eth1            2     1     01005e000001\n"))
                .isEqualTo(Map.of(2, macs("33:33:00:00:00:01", "01:00:5e:01:02:03"), 13, macs("01:00:5e:00:00:01")));
    }

    @Test
    void passesOverWhatIsNoMulticastAddress() {
        assertThat(Memberships.read("2    eth0            1     0     020000000001\nnonsense\n\n"
                        + "3    eth0            1     0     0100\n"))
                .isEmpty();
    }
}
