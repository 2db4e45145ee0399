package io.plugboard.it.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.controller.source.Adoption;
import io.plugboard.it.Eventually;
import io.plugboard.it.Plugboard;
import io.plugboard.it.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hypervisor migrates by itself, from one host to another: all that is told is what it writes into their databases. */
@Timeout(120)
class TwoPlacesIT {
    private static final String RUNNING = "plugboard-running";

    private Plugboard plugboard;
    private RestClient rest;
    private Hypervisor here;
    private Hypervisor there;

    @BeforeEach
    void pluggedInHere() {
        plugboard = Plugboard.startWithOvsdb(Adoption.MANAGED);
        rest = plugboard.rest();
        here = Hypervisor.start(0xa1).joins(plugboard.ovsdb());
        there = Hypervisor.start(0xb1);
        here.plug(1);
        here.awaitState(1, "active");
    }

    @AfterEach
    void stop() {
        plugboard.close();
        here.close();
        there.close();
    }

    private void preparedThere() {
        there.joins(plugboard.ovsdb());
        there.plug(1);
        there.awaitState(1, "prepared");
        assertThat(vnic().path("bridge").asText()).isEqualTo(here.dpid().toString());
        assertThat(vnic().at("/migration/activateOn").asText()).isEqualTo("firstFrame");
    }

    private JsonNode vnic() {
        return rest.get("/vnics/" + Hypervisor.vnic(1)).ok();
    }

    private void isActiveThere() {
        there.awaitState(1, "active");
        assertThat(vnic().path("bridge").asText()).isEqualTo(there.dpid().toString());
    }

    @Test
    void vnicMovesWhenItsGuestRunsThere() {
        here.set(1, RUNNING, "true");
        preparedThere();

        here.set(1, RUNNING, "false");
        there.set(1, RUNNING, "true");

        isActiveThere();
        here.awaitState(1, "prepared");
        assertThat(vnic().at("/migration/activateOn").asText()).isEqualTo("request");
        here.unplug(1);
        Eventually.get(this::vnic, vnic -> !vnic.has("migration"));
        assertThat(vnic().at("/status/state").asText()).isEqualTo("active");
    }

    @Test
    void vnicMovesWithItsFirstFrameThere() {
        preparedThere();

        String rarp = "ffffffffffff" + Hypervisor.mac(1).replace(":", "") + "8035" + "00".repeat(46);
        there.ovs().appctl("netdev-dummy/receive", Hypervisor.port(1), rarp);

        isActiveThere();
        here.awaitState(1, "prepared");
    }

    @Test
    void frameOfGuestThatHasLeftDoesNotPullItBack() {
        preparedThere();
        there.set(1, RUNNING, "true");
        isActiveThere();
        here.awaitState(1, "prepared");

        String late = "ffffffffffff" + Hypervisor.mac(1).replace(":", "") + "0806" + "00".repeat(46);
        here.ovs().appctl("netdev-dummy/receive", Hypervisor.port(1), late);
        here.plug(2);
        here.awaitState(2, "active");

        isActiveThere();
    }

    @Test
    void vnicMovesWhenItIsUnpluggedHere() {
        preparedThere();

        here.unplug(1);

        isActiveThere();
    }

    @Test
    void failedMigrationGoesBack() {
        here.set(1, RUNNING, "true");
        preparedThere();
        here.set(1, RUNNING, "false");
        there.set(1, RUNNING, "true");
        isActiveThere();
        here.awaitState(1, "prepared");

        here.set(1, RUNNING, "true");

        here.awaitState(1, "active");
        there.unplug(1);
        Eventually.get(this::vnic, vnic -> !vnic.has("migration") && !vnic.has("leaving"));
        assertThat(vnic().path("bridge").asText()).isEqualTo(here.dpid().toString());
    }

    @Test
    void guestThatRunsBeforeTheDestinationIsConnectedGetsThereByItself() {
        there.ovs().setController("br0", 1);
        there.joins(plugboard.ovsdb());

        there.plug(1, "external_ids:" + RUNNING + "=true");

        there.awaitState(1, "pending:bridge " + there.dpid() + " is not connected");
        there.ovs().setController("br0", plugboard.openFlow().getPort());
        isActiveThere();
    }

    @Test
    void guestThatRunsBeforeTheDestinationIsMarkedGetsThereByItself() {
        there.ovs().vsctl("set-manager", "tcp:127.0.0.1:" + plugboard.ovsdb().getPort());
        there.plug(1, "external_ids:" + RUNNING + "=true");

        there.mark();

        isActiveThere();
    }
}
