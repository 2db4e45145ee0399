package io.plugboard.it.wire;

import static io.plugboard.it.wire.Lab.ALONE;
import static io.plugboard.it.wire.Lab.FAR;
import static io.plugboard.it.wire.Lab.OUTSIDE;
import static io.plugboard.it.wire.Lab.TEAM;
import static io.plugboard.it.wire.Network.BROADCAST;
import static io.plugboard.it.wire.Network.STRANGER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Addresses that guests choose, and addresses that several of them share. */
@ExtendWith(Lab.Shared.class)
@Timeout(60)
class AddressesIT {
    private static final String NEW_MAC = "02:00:00:00:00:77";
    /** Of a virtual router (RFC 5798, section 7.3). */
    private static final String VIRTUAL = "00:00:5e:00:01:07";

    private final Network network;

    AddressesIT(Network network) {
        this.network = network;
    }

    @Test
    void blocksAVnicBothWaysWhileItsGuestUsesAnotherMac() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d");
        network.filter("a", "mac: " + NEW_MAC).isInState("a", "blocked: macAddressChanged");

        network.frame("a", "b").isReceivedByNobody();
        network.frame("a", "b").withSource(NEW_MAC).isReceivedByNobody();
        network.frame("a", BROADCAST).withSource(NEW_MAC).isReceivedByNobody();
        network.frame("b", "a").isReceivedByNobody();
        network.frame("b", NEW_MAC).isReceivedBy("up2[100]");
        network.frame("b", BROADCAST).isReceivedBy("c", "d", "up2[100]");
        network.frame("up1", "a").tagged(100).isReceivedByNobody();
        network.frame("up1", NEW_MAC).tagged(100).isReceivedByNobody();
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("d");

        network.filter("a").isInState("a", "active");
        network.frame("a", "b").isReceivedBy("b");
        network.frame("b", "a").isReceivedBy("a");
        network.frame("b", BROADCAST).isReceivedBy("a", "c", "d", "up2[100]");
        network.frame("up1", BROADCAST).tagged(100).isReceivedBy("a", "d");
    }

    @Test
    void receivesOnTheNewMacAloneWhereMacAddressChangesAreAccepted() {
        network.access("red", 100, "security: {macAddressChanges: accept}").vnics(ALONE, "red", "a", "b", "c");
        network.filter("a", "mac: " + NEW_MAC).isInState("a", "active");

        network.frame("a", "b").withSource(NEW_MAC).isReceivedBy("b");
        network.frame("a", "b").isReceivedByNobody();
        network.awaitSpoofedDrops("a", 1);
        network.frame("b", NEW_MAC).isReceivedBy("a", "up2[100]");
        network.frame("b", "a").isReceivedByNobody();
        network.frame("b", BROADCAST).isReceivedBy("a", "c", "up2[100]");
        network.frame("up1", NEW_MAC).tagged(100).isReceivedBy("a");
        network.frame("up2", NEW_MAC).tagged(100).isReceivedByNobody();
        network.frame("up1", "a").tagged(100).isReceivedByNobody();

        network.filter("a");
        network.frame("b", "a").isReceivedBy("a");
        network.frame("b", NEW_MAC).isReceivedBy("up2[100]");
    }

    @Test
    void blocksAGuestThatTakesItsNeighboursMac() {
        network.access("red", 100, "security: {macAddressChanges: accept}").vnics(ALONE, "red", "a", "b", "c");
        network.filter("a", "mac: " + network.address("b")).isInState("a", "blocked: macInUse");

        network.frame("a", "c").withSource("b").isReceivedByNobody();
        network.frame("c", "b").isReceivedBy("b");
        network.frame("b", "c").isReceivedBy("c");
        network.frame("up2", "b").tagged(100).isReceivedBy("b");
    }

    @Test
    void aGuestWithItsGatewaysMacDoesNotCutOffItsNeighbours() {
        network.access("red", 100, "security: {macAddressChanges: accept}").vnics(ALONE, "red", "a", "b");
        network.filter("a", "mac: " + STRANGER);

        network.frame("b", STRANGER).isReceivedBy("a", "up2[100]");
        network.frame("up2", "b").tagged(100).isReceivedBy("b");
    }

    @Test
    void honoursFurtherUnicastAddressesWhereMacAddressChangesAreAccepted() {
        network.access("red", 100, "security: {macAddressChanges: accept}").vnics(ALONE, "red", "a", "b", "c");
        network.filter("a", "unicast: ['" + NEW_MAC + "', '" + network.address("b") + "']");

        network.frame("c", NEW_MAC).isReceivedBy("a", "up3[100]");
        network.frame("c", "b").isReceivedBy("b");
        network.frame("c", "a").isReceivedBy("a");
        network.frame("a", "b").withSource(NEW_MAC).isReceivedByNobody();

        network.vnic("a", "security: {macAddressChanges: reject}");
        network.frame("c", NEW_MAC).isReceivedBy("up3[100]");
    }

    @Test
    void deliversASharedAddressToEveryHolderOnTheBridgeAndToTheUplink() {
        network.access("red", 100).vnics(ALONE, "red", "a", "b", "c", "d");
        network.vnic("a", "allowedMacs: ['" + VIRTUAL + "']").vnic("b", "allowedMacs: ['" + VIRTUAL + "']");

        network.frame("c", VIRTUAL).times(10).isReceivedBy("a", "b", "up3[100]");
        network.frame("a", VIRTUAL).isReceivedBy("b", "up1[100]");
        network.frame("up1", VIRTUAL).tagged(100).isReceivedBy("a");
        network.frame("up2", VIRTUAL).tagged(100).isReceivedBy("b");
        network.frame("up3", VIRTUAL).tagged(100).isReceivedByNobody();

        network.frame("a", "c").withSource(VIRTUAL).isReceivedBy("c");
        network.frame("b", "c").withSource(VIRTUAL).isReceivedBy("c");
        network.frame("c", "d").withSource(VIRTUAL).isReceivedByNobody();
        network.frame("c", "a").isReceivedBy("a");
    }

    @Test
    void aBackupDoesNotBlackholeItsRemoteMaster() {
        network.access("red", 100).vnics(ALONE, "red", "backup", "client", "c", "d");
        network.vnic("backup", "allowedMacs: ['" + VIRTUAL + "']");

        network.frame("client", VIRTUAL).isReceivedBy("backup", "up2[100]");
        network.frame("up1", BROADCAST).withSource(VIRTUAL).tagged(100).isReceivedBy("backup", "d");
        network.frame("up2", "client").withSource(VIRTUAL).tagged(100).isReceivedBy("client");
    }

    @Test
    void sharesAnAddressAcrossHosts() {
        network.access("red", 100).vnics(TEAM, "red", "master").vnics(FAR, "red", "backup", "client");
        network.vnic("master", "allowedMacs: ['" + VIRTUAL + "']").vnic("backup", "allowedMacs: ['" + VIRTUAL + "']");

        network.frame("client", VIRTUAL).isReceivedBy("master", "backup", OUTSIDE + "[100]");
        network.frame(OUTSIDE, VIRTUAL).tagged(100).isReceivedBy("master", "backup");

        network.frame("master", BROADCAST).withSource(VIRTUAL).isReceivedBy("backup", "client", OUTSIDE + "[100]");
        network.frame(OUTSIDE, VIRTUAL).tagged(100).isReceivedBy("master");
        network.frame("client", VIRTUAL).isReceivedBy("master", "backup");
    }
}
