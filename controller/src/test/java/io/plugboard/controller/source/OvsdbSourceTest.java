package io.plugboard.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.controller.observe.EventLog;
import io.plugboard.controller.observe.Metrics;
import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicChange;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.change.TopologyChange;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VnicId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OvsdbSourceTest {
    private static final VnicId VNIC = new VnicId("vm-1");

    private final EventLog events = new EventLog(Clock.systemUTC());
    private final Metrics metrics = new Metrics();
    private final FakeTopologyService service = new FakeTopologyService();
    private final FakeSwitches switches = new FakeSwitches();
    private final OvsdbSource source = new OvsdbSource(
            text -> {
                throw new IllegalArgumentException(text);
            },
            Adoption.MANAGED,
            session -> "tcp:127.0.0.1:6653",
            new SourceEvents(events, metrics));
    private final FakeSession session = new FakeSession();
    private final Host host = new Host(1).managed("br0", 0xa1).withController("br0");

    OvsdbSourceTest() {
        service.tell(source);
        source.reportTo(service, switches);
    }

    @AfterEach
    void close() {
        source.close();
        metrics.close();
    }

    private static VnicStatus status(VnicStatus.State state, String reason) {
        return new VnicStatus(state, reason, OptionalInt.empty(), MacAddress.parse(Host.mac(1)), Optional.empty());
    }

    private void becomes(VnicStatus.State state, String reason) {
        switches.put(VNIC, status(state, reason));
        events.publish(
                "vnicStatus",
                "/vnics/vm-1",
                new VnicChange(VNIC, new DatapathId(0xa1), Optional.empty(), status(state, reason)));
    }

    @Test
    void writesWhatBecomesOfVnic() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        FakeSession.Transaction first = session.next();
        assertThat(first.states()).containsExactly("pending:new");
        first.succeeds();

        becomes(VnicStatus.State.ACTIVE, "");
        FakeSession.Transaction second = session.next();
        assertThat(second.states()).containsExactly("active");
        second.succeeds();

        becomes(VnicStatus.State.BLOCKED, "macAddressChanged");
        assertThat(session.next().states()).containsExactly("blocked:macAddressChanged");
    }

    @Test
    void writesTheNewestWhenTheOneBeforeIsThrough() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        FakeSession.Transaction first = session.next();
        becomes(VnicStatus.State.FAILED, "OFPFMFC_TABLE_FULL");
        becomes(VnicStatus.State.ACTIVE, "");

        first.succeeds();

        assertThat(session.next().states()).containsExactly("active");
    }

    @Test
    void writesAgainOnTheNextConnectionWhatTheLastHasNotTaken() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        session.next().answer().completeExceptionally(new IOException("closed"));
        source.disconnected(session, "closed");

        FakeSession anew = new FakeSession();
        source.connected(anew, host.snapshot());

        assertThat(anew.next().states()).containsExactly("pending:new");
    }

    @Test
    void saysOfVnicThatMayMoveHereWhetherItCould() throws InterruptedException {
        switches.put(VNIC, status(VnicStatus.State.ACTIVE, ""));
        switches.put(VNIC, new MigrationStatus(MigrationStatus.State.PREPARED, ""));
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        session.next().succeeds();
        FakeSession there = new FakeSession();
        Host other = new Host(2).managed("br0", 0xb1).withController("br0").vnic("br0", "tap1", 1);

        source.connected(there, other.snapshot());

        assertThat(there.next().states()).containsExactly("prepared");
    }

    @Test
    void correctsMarkedBridgeBeforeItSaysAnything() throws InterruptedException {
        Host asItComes = new Host(2).managed("br0", 0xb1).asItComes("br0").vnic("br0", "tap1", 1);
        EventLog.Reader reader = events.fromNow();

        source.connected(session, asItComes.snapshot());
        FakeSession.Transaction correction = session.next();
        assertThat(correction.operations()).hasSize(5);
        correction.succeeds();

        assertThat(session.next().states()).containsExactly("pending:new");
        assertThat(kinds(reader)).contains("ovsdbConnected", "bridgeCorrected");
    }

    private static List<String> kinds(EventLog.Reader reader) {
        try {
            return reader.next(100).stream().map(event -> event.kind()).toList();
        } catch (EventLog.Overtaken overtaken) {
            throw new AssertionError(overtaken);
        }
    }

    @Test
    void takesAwayWhatAnEarlierConnectionHasWritten() throws InterruptedException {
        switches.put(VNIC, status(VnicStatus.State.ACTIVE, ""));
        host.vnic("br0", "tap1", 1, Keys.STATE, "active").vnic("br0", "tap2", 2);
        source.connected(session, host.snapshot());
        FakeSession.Transaction first = session.next();
        assertThat(first.states()).containsExactly("pending:new");
        first.succeeds();

        source.changed(
                session, host.set("tap2", Keys.STATE, "pending:new").mark("br0").snapshot());

        assertThat(session.next().states()).containsExactly("removed", "removed");
    }

    /** As fast as that, two controllers of one host would write for ever. */
    @Test
    void writesAgainWhatSomebodyElseHasWrittenOverAndOthersFirst() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        session.next().succeeds();

        source.changed(session, host.set("tap1", Keys.STATE, "theirs").snapshot());
        source.changed(session, host.vnic("br0", "tap2", 2).snapshot());

        FakeSession.Transaction other = session.next();
        assertThat(other.operations()).hasSize(1);
        other.succeeds();
        source.changed(session, host.set("tap2", Keys.STATE, "pending:new").snapshot());
        FakeSession.Transaction again = session.next();
        assertThat(again.states()).containsExactly("pending:new");
        assertThat(again.operations()).isNotEqualTo(other.operations());
    }

    @Test
    void correctsAgainWhatSomebodyElseSetsBack() throws InterruptedException {
        Host other = new Host(2).managed("br0", 0xb1).withController("br0");
        source.connected(session, other.asItComes("br0").snapshot());
        FakeSession.Transaction first = session.next();
        first.succeeds();

        source.changed(session, other.corrected("br0").snapshot());
        source.changed(session, other.asItComes("br0").snapshot());

        assertThat(session.next().operations()).isEqualTo(first.operations());
    }

    @Test
    void settingsThatAreSetBackInTurnAreOneDispute() throws InterruptedException {
        source.connected(session, host.asItComes("br0").snapshot());
        FakeSession.Transaction first = session.next();
        first.succeeds();

        source.changed(session, host.corrected("br0").snapshot());
        source.changed(session, host.learning("br0").snapshot());
        source.changed(session, host.vnic("br0", "tap1", 1).snapshot());

        assertThat(session.next().states()).containsExactly("pending:new");
    }

    /** Closed, it would forward nothing, for nobody programs it. */
    @Test
    void bridgeWhoseIdAnotherHostHasIsNotCorrected() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        session.next().succeeds();
        FakeSession there = new FakeSession();
        Host twin = new Host(2).managed("br0", 0xa1).asItComes("br0").vnic("br0", "tap2", 2);

        source.connected(there, twin.snapshot());

        FakeSession.Transaction only = there.next();
        assertThat(only.states()).hasSize(only.operations().size()).allMatch(state -> state.startsWith("conflict:"));
    }

    @Test
    void takesAwayWhatItHasWrittenOfBridgeThatWasUnmarkedMeanwhile() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        session.next().succeeds();
        source.changed(session, host.set("tap1", Keys.STATE, "pending:new").snapshot());
        source.disconnected(session, "closed");

        FakeSession anew = new FakeSession();
        source.connected(anew, host.mark("br0").snapshot());

        assertThat(anew.next().states()).containsExactly("removed");
    }

    @Test
    void takesAwayWhatWasRefusedWhenTheBridgeIsUnmarked() throws InterruptedException {
        source.connected(
                session, host.plug("br0", "tap1", Keys.IFACE_ID, "vm-1").snapshot());
        FakeSession.Transaction first = session.next();
        assertThat(first.states()).singleElement().asString().startsWith("refused:");
        first.succeeds();
        source.changed(
                session,
                host.set("tap1", Keys.STATE, first.states().get(0)).mark("br0").snapshot());

        assertThat(session.next().states()).containsExactly("removed");
    }

    @Test
    void triesAgainWhatCouldNotBeStored() throws InterruptedException {
        service.failOnce();

        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());

        assertThat(session.next().states()).containsExactly("pending:new");
        assertThat(service.topology().attachment(VNIC)).isPresent();
    }

    /** @return the other host's connection */
    private FakeSession runsHereAndMayGoTo(Host other) throws InterruptedException {
        FakeSession there = new FakeSession();
        source.connected(
                session, host.vnic("br0", "tap1", 1, Keys.RUNNING, "true").snapshot());
        session.next().succeeds();
        source.connected(there, other.snapshot());
        there.next().succeeds();
        return there;
    }

    @Test
    void everySnapshotIsLookedAtSoThatNoStartIsMissed() throws InterruptedException {
        Host other = new Host(2).managed("br0", 0xb1).withController("br0").vnic("br0", "tap1", 1);
        FakeSession there = runsHereAndMayGoTo(other);
        source.changed(there, other.set("tap1", Keys.RUNNING, "true").snapshot());
        source.changed(session, host.set("tap1", Keys.RUNNING, "false").snapshot());
        source.changed(session, host.set("tap1", Keys.RUNNING, "true").snapshot());
        source.changed(session, host.vnic("br0", "tap2", 2).snapshot());

        awaitVnic("vm-2");

        assertThat(service.topology().attachment(VNIC).map(Attachment::place)).contains(PlanLab.place(0xa1, "tap1"));
    }

    /** Between the plan that refuses it, and the turn in which that is known. */
    @Test
    void rowIsTriedAgainThoughWhatStoodInItsWayWentAtOnce() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 3).snapshot());
        awaitVnic("vm-3");
        service.closeWhatIsLeftAtOnce();

        source.changed(
                session, host.vnic("br0", "tap1", 2).vnic("br0", "tap2", 3).snapshot());

        awaitVnic("vm-2");
        assertThat(vnics()).containsExactly("vm-2", "vm-3");
    }

    @Test
    void takesAwayWhatItHasWrittenOfBridgeThatRestTookOutMeanwhile() throws InterruptedException {
        DatapathId dpid = new DatapathId(0xb1);
        Host unmarked = new Host(2).bridge("br0", 0xb1).withController("br0").vnic("br0", "tap1", 1);
        service.change(new TopologyChange.BridgePut(new Bridge(dpid, "", List.of())));
        source.connected(session, unmarked.snapshot());
        session.next().succeeds();
        source.changed(session, unmarked.set("tap1", Keys.STATE, "pending:new").snapshot());
        source.disconnected(session, "closed");
        service.change(new TopologyChange.VnicDetached(VNIC), new TopologyChange.BridgeDeleted(dpid));

        FakeSession anew = new FakeSession();
        source.connected(anew, unmarked.snapshot());

        assertThat(anew.next().states()).containsExactly("removed");
    }

    /** As libvirt does it: --if-exists del-port, add-port and set in one transaction. */
    @Test
    void rowThatTakesThePlaceOfOneThatWasRefusedSaysSoToo() throws InterruptedException {
        source.connected(
                session, host.plug("br0", "tap1", Keys.IFACE_ID, "vm-1").snapshot());
        FakeSession.Transaction first = session.next();
        assertThat(first.states()).containsExactly("refused:attached-mac is missing");
        first.succeeds();
        source.changed(
                session, host.set("tap1", Keys.STATE, first.states().get(0)).snapshot());

        source.changed(session, host.plug("br0", "tap1", Keys.IFACE_ID, "vm-1").snapshot());

        assertThat(session.next().states()).containsExactly("refused:attached-mac is missing");
    }

    @Test
    void startOfTheGuestThatIsSeenWhileItIsMovedElsewhereIsNewerThanThat() throws InterruptedException {
        Host other = new Host(2).managed("br0", 0xb1).withController("br0").vnic("br0", "tap1", 1);
        FakeSession there = runsHereAndMayGoTo(other);
        service.holdNextMove();
        source.changed(there, other.set("tap1", Keys.RUNNING, "true").snapshot());
        Runnable move = service.held();
        source.changed(session, host.set("tap1", Keys.RUNNING, "false").snapshot());
        source.changed(session, host.set("tap1", Keys.RUNNING, "true").snapshot());
        assertThat(service.topology().attachment(VNIC).map(Attachment::place)).contains(PlanLab.place(0xb1, "tap1"));
        move.run();

        source.changed(session, host.vnic("br0", "tap2", 2).snapshot());
        awaitVnic("vm-2");

        assertThat(service.topology().attachment(VNIC).map(Attachment::place)).contains(PlanLab.place(0xa1, "tap1"));
    }

    /** Of two hosts that have one database's identity, such as clones, the second one would take away all of the first. */
    @Test
    void firstOfTwoConnectionsToOneDatabaseIsHeardForAsLongAsItLasts() throws InterruptedException {
        Host clone = new Host(1).managed("br0", 0xc1).withController("br0").vnic("br0", "tap2", 2);
        FakeSession there = new FakeSession();
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        awaitVnic("vm-1");

        source.connected(there, clone.snapshot());
        source.changed(there, clone.vnic("br0", "tap3", 3).snapshot());
        source.changed(session, host.vnic("br0", "tap4", 4).snapshot());
        awaitVnic("vm-4");
        assertThat(vnics()).containsExactly("vm-1", "vm-4");

        source.disconnected(session, "closed");
        awaitVnic("vm-3", there);
        assertThat(vnics()).contains("vm-2", "vm-3");
    }

    @Test
    void connectionThatWaitedAndEndedIsOfNoConsequence() throws InterruptedException {
        source.connected(session, host.vnic("br0", "tap1", 1).snapshot());
        awaitVnic("vm-1");
        FakeSession there = new FakeSession();
        source.connected(there, host.snapshot());
        EventLog.Reader reader = events.fromNow();

        source.disconnected(there, "closed");
        source.changed(session, host.vnic("br0", "tap4", 4).snapshot());
        awaitVnic("vm-4");

        assertThat(vnics()).containsExactly("vm-1", "vm-4");
        assertThat(kinds(reader)).doesNotContain("ovsdbDisconnected");
    }

    @Test
    void whatIsTakenOutOfHostThatIsAwayStaysOutUntilItComesBack() throws InterruptedException {
        source.connected(
                session, host.vnic("br0", "tap1", 1).vnic("br0", "tap2", 2).snapshot());
        awaitVnic("vm-1");
        source.disconnected(session, "closed");
        DatapathId dpid = new DatapathId(0xa1);

        service.change(new TopologyChange.VnicDetached(VNIC));
        service.change(new TopologyChange.VnicDetached(new VnicId("vm-2")), new TopologyChange.BridgeDeleted(dpid));
        FakeSession there = new FakeSession();
        source.connected(
                there, new Host(2).managed("br0", 0xb1).vnic("br0", "tap3", 3).snapshot());
        awaitVnic("vm-3", there);
        assertThat(vnics()).containsExactly("vm-3");
        assertThat(service.topology().bridge(dpid)).isEmpty();

        FakeSession back = new FakeSession();
        source.connected(back, host.snapshot());
        awaitVnic("vm-2", back);
        assertThat(vnics()).containsExactly("vm-1", "vm-2", "vm-3");
    }

    private List<String> vnics() {
        return service.topology().attachments().keySet().stream()
                .map(VnicId::text)
                .sorted()
                .toList();
    }

    private void awaitVnic(String id) throws InterruptedException {
        awaitVnic(id, session);
    }

    /** Until a transaction says something of it. */
    private void awaitVnic(String id, FakeSession over) throws InterruptedException {
        while (service.topology().attachment(new VnicId(id)).isEmpty()) {
            over.next().succeeds();
        }
    }
}
