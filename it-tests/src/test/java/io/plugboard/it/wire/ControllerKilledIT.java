package io.plugboard.it.wire;

import static io.plugboard.it.wire.MigrationLab.Host.HOST1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.it.Eventually;
import io.plugboard.it.PlugboardProcess;
import io.plugboard.it.wire.MigrationLab.Host;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in every step of a migration. What was acknowledged is done, and announced, by the next process. */
@Timeout(300)
class ControllerKilledIT {
    private static final int RATE = 500;
    private static final int WINDOW = 100;
    private static final int ROUNDS = 5;
    private static final NumberedStream TO_GUEST = new NumberedStream(
            MigrationLab.SOURCE_MAC, MigrationLab.MAC, MigrationLab.ADDRESS, MigrationLab.VLAN, 7001);

    /** After which the controller is killed. */
    private enum Step {
        PREPARED,
        ACTIVATED,
        ANNOUNCED,
        ASKED
    }

    @TempDir
    Path data;

    @Test
    void theNextProcessCompletesAndAnnouncesTheMigration() {
        try (PlugboardProcess plugboard = new PlugboardProcess(data);
                MigrationLab lab = new MigrationLab(plugboard.openFlow())) {
            plugboard.rest().apply(MigrationLab.bridges(true));
            lab.runGuestOn(HOST1);
            MigrationLab.plug(plugboard.rest(), MigrationLab.guestOn(HOST1, GroupMac.of(MigrationLab.GROUP)));
            lab.listen();
            lab.sendFromOutside(TO_GUEST, RATE);
            lab.watch().await(0, WINDOW, seen -> seen.enters("guest1-end") && seen.isOf(TO_GUEST));

            Host from = HOST1;
            for (Step step : Step.values()) {
                migrate(plugboard, lab, from, step);
                from = from.other();
            }
        }
    }

    private static void migrate(PlugboardProcess plugboard, MigrationLab lab, Host from, Step step) {
        Host to = from.other();
        Watch watch = lab.watch();
        int mark = watch.now();
        MigrationLab.prepare(plugboard.rest(), to, "request");
        if (step != Step.PREPARED) {
            lab.runGuestOn(to);
            plugboard
                    .rest()
                    .post("/vnics/" + MigrationLab.VNIC + "/migration/activate", "")
                    .ok();
        }
        if (step == Step.ANNOUNCED) {
            watch.await(mark, seen -> seen.leaves(to.uplink()) && announces(seen));
        } else if (step == Step.ASKED) {
            watch.await(mark, seen -> seen.leaves("card") && seen.isIgmpQuery());
        }
        plugboard.kill();
        int killed = watch.now();
        plugboard.startAgain();

        if (step == Step.PREPARED) {
            JsonNode vnic = Eventually.get(
                    () -> vnic(plugboard),
                    there -> there.at("/migration/state").asText().equals("prepared"));
            assertThat(vnic.path("bridge").asText()).isEqualTo(from.dpid().toString());
            lab.runGuestOn(to);
            MigrationLab.activate(plugboard.rest());
        }
        watch.await(killed, ROUNDS, seen -> seen.leaves(to.uplink()) && announces(seen));
        watch.await(killed, WINDOW, seen -> seen.enters(to.port() + "-end") && seen.isOf(TO_GUEST));
        Losses losses = Losses.of(watch, mark, TO_GUEST);
        System.out.println("killed when " + step + ": " + losses);
        assertThat(losses.duplicates()).isZero();
        assertThat(vnic(plugboard).path("bridge").asText()).isEqualTo(to.dpid().toString());
        lab.awaitLeft(from);
    }

    private static JsonNode vnic(PlugboardProcess plugboard) {
        return plugboard.rest().get("/vnics/" + MigrationLab.VNIC).ok();
    }

    private static boolean announces(Sighting seen) {
        return seen.isRarp() && seen.frame().source().equals(MigrationLab.MAC);
    }
}
