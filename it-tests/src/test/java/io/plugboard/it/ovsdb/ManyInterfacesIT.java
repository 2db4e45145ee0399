package io.plugboard.it.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.source.Adoption;
import io.plugboard.it.Eventually;
import io.plugboard.it.Plugboard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ManyInterfacesIT {
    private static final int INTERFACES = 1_000;

    @Test
    void thousandInterfacesOfOneTransactionBecomeActive() {
        try (Plugboard plugboard = Plugboard.startWithOvsdb(Adoption.MANAGED);
                Hypervisor host = Hypervisor.start(0xa1).joins(plugboard.ovsdb())) {
            List<String> command = new ArrayList<>();
            for (int number = 1; number <= INTERFACES; number++) {
                command.addAll(Hypervisor.plugging(number));
            }

            Instant start = Instant.now();
            host.ovs().vsctl(command.toArray(String[]::new));
            Duration numbered = Duration.between(start, Instant.now());
            long active = Eventually.get(() -> active(host), count -> count == INTERFACES);
            Duration all = Duration.between(start, Instant.now());

            System.out.printf(
                    "%,d Interfaces in one transaction: all active and said so after %,d ms;"
                            + " Open vSwitch itself has given them their ports after %,d ms%n",
                    INTERFACES, all.toMillis(), numbered.toMillis());
            assertThat(active).isEqualTo(INTERFACES);
            assertThat(plugboard.rest().metric("plugboard_vnics{state=\"active\"}"))
                    .isEqualTo(INTERFACES);
        }
    }

    private static long active(Hypervisor host) {
        return host.ovs()
                .vsctl("--bare", "--columns=name", "find", "Interface", "external_ids:plugboard-state=active")
                .lines()
                .filter(line -> !line.isBlank())
                .count();
    }
}
