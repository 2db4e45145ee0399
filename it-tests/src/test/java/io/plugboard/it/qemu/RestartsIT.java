package io.plugboard.it.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.it.Eventually;
import io.plugboard.it.PlugboardProcess;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two guests talk while everything around them is killed and comes again. */
@Timeout(180)
class RestartsIT {
    private static final List<String> TAPS = List.of("vnet1", "vnet2");
    /** A tenth of a second apart. */
    private static final int PINGS = 60;

    @TempDir
    private Path data;

    private PlugboardProcess plugboard;
    private ManagedHost host;
    private Guest first;
    private Guest second;
    private String flows;
    private JsonNode vnics;

    @BeforeEach
    void boot() {
        plugboard = new PlugboardProcess(data);
        host = new ManagedHost(GuestImage.make(), new DatapathId(0xe1), plugboard.openFlow(), plugboard.ovsdb());
        host.host().ovs().vsctl("set", "Manager", ".", "max_backoff=1000");
        host.withAgent();
        first = guest(1);
        second = guest(2);
        first.place().awaitBoot();
        second.place().awaitBoot();
        awaitGuests();
        flows = flows();
        vnics = vnics();
    }

    private Guest guest(int number) {
        VirtualMachine machine = new VirtualMachine(
                "guest" + number,
                MacAddress.parse("52:54:00:00:7a:0" + number),
                Ipv4Address.parse("10.80.0." + number));
        return new Guest(host.host().boot(machine, TAPS.get(number - 1)));
    }

    @AfterEach
    void end() {
        host.close();
        plugboard.close();
    }

    /** All the way from QEMU and from the database, to the switch and back, is there. */
    private void awaitGuests() {
        for (String tap : TAPS) {
            host.host().ovs().vsctl("remove", "Interface", tap, "external_ids", "plugboard-state");
            host.host().ovs().vsctl("remove", "Interface", tap, "external_ids", "plugboard-rx-filter");
        }
        for (String tap : TAPS) {
            Eventually.get(() -> host.externalId(tap, "plugboard-rx-filter"), filter -> !filter.isEmpty());
            host.awaitState(tap, "active");
        }
        Eventually.get(() -> first.ping(second.machine().address(), 1), answered -> answered == 1);
    }

    /** Less what counts. */
    private String flows() {
        return host.flows()
                .lines()
                .filter(line -> line.contains("cookie="))
                .map(line -> line.replaceAll("(duration|n_packets|n_bytes|idle_age)=[^,]*, ?", "")
                        .strip())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** The revisions of all, too, which any change would move. */
    private JsonNode vnics() {
        return plugboard.rest().get("/vnics").ok().path("items").deepCopy();
    }

    private void assertThatAllIsAsBefore() {
        awaitGuests();
        Eventually.get(this::flows, flows::equals);
        List<String> ids = vnics.findValuesAsText("id");
        assertThat(vnics().findValuesAsText("id")).isEqualTo(ids).hasSize(TAPS.size());
        assertThat(vnics().findValuesAsText("slot")).isEqualTo(vnics.findValuesAsText("slot"));
    }

    /** The guests talk meanwhile, and lose nothing. */
    private void whileTheyTalk(Runnable restart) {
        CompletableFuture<Integer> answered =
                CompletableFuture.supplyAsync(() -> first.ping(second.machine().address(), PINGS));
        restart.run();
        assertThat(answered.join()).isEqualTo(PINGS);
    }

    @Test
    void killedInTurnTheyLeaveEverythingAsItWas() {
        whileTheyTalk(() -> {
            host.endAgent();
            host.withAgent();
        });
        assertThatAllIsAsBefore();

        whileTheyTalk(() -> {
            host.host().ovs().killDatabase();
            host.host().ovs().restartDatabase();
        });
        assertThatAllIsAsBefore();

        whileTheyTalk(() -> {
            plugboard.kill();
            plugboard.startAgain();
        });
        assertThatAllIsAsBefore();

        // Whose flows are gone with it, and the frames of that time.
        host.host().ovs().killVswitchd();
        host.host().ovs().restartVswitchd();
        assertThatAllIsAsBefore();
    }

    @Test
    void killedAllAtOnceTheyComeToTheSame() {
        host.endAgent();
        plugboard.kill();
        host.host().ovs().killVswitchd();
        host.host().ovs().killDatabase();

        host.host().ovs().restartDatabase();
        host.host().ovs().restartVswitchd();
        host.withAgent();
        plugboard.startAgain();

        assertThatAllIsAsBefore();
    }
}
