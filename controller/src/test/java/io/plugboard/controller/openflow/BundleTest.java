package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import io.plugboard.controller.reconcile.BundleOutcome;
import io.plugboard.controller.reconcile.ConnectionLost;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.RequestRefused;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final int EXPERIMENTER = 4;
    private static final int BARRIER_REQUEST = 20;
    private static final int OPENED = 1;
    private static final int CLOSED = 3;
    private static final int COMMITTED = 5;
    private static final int MSG_FAILED = 13;
    private static final int TIMEOUT = 14;
    private static final SwitchCommand FIRST = delete(1);
    private static final SwitchCommand SECOND = delete(2);

    private final RecordedEvents events = new RecordedEvents();
    private final EmbeddedSwitch fake = new EmbeddedSwitch(events);
    private SwitchConnection connection;

    @BeforeEach
    void connect() {
        fake.shakeHands(0xa1);
        connection = events.next(Event.Connected.class).connection();
        fake.receiveAll();
    }

    @Test
    void isOpenedFilledClosedAndCommittedWithABarrierBehindIt() {
        connection.sendAtomically(List.of(FIRST, SECOND));

        List<Message> messages = fake.receiveAll();

        int xid = messages.get(0).xid();
        assertThat(messages)
                .extracting(Message::octets)
                .containsExactly(
                        SwitchMessages.bundleControl(xid, xid, 0),
                        add(xid, FIRST, xid + 1),
                        add(xid, SECOND, xid + 2),
                        SwitchMessages.bundleControl(xid + 3, xid, 2),
                        SwitchMessages.bundleControl(xid + 4, xid, 4),
                        SwitchMessages.message(BARRIER_REQUEST, xid + 5, body -> {}));
    }

    @Test
    void isAppliedWhenItsCommitIsAnsweredBeforeTheBarrier() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        fake.send(SwitchMessages.bundleControl(xid, xid, OPENED));
        fake.send(SwitchMessages.bundleControl(xid + 3, xid, CLOSED));
        fake.send(SwitchMessages.bundleControl(xid + 4, xid, COMMITTED));
        assertThat(outcome).isNotDone();

        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThat(outcome).isCompletedWithValue(new BundleOutcome(true, List.of()));
    }

    @Test
    void isAppliedLessWhatWasRefusedWhenItWasAdded() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        fake.send(SwitchMessages.error(xid + 2, 2, 4));
        fake.send(SwitchMessages.bundleControl(xid + 4, xid, COMMITTED));
        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThat(outcome)
                .isCompletedWithValue(new BundleOutcome(true, List.of(new Refusal(SECOND, "OFPBAC_BAD_OUT_PORT"))));
    }

    @Test
    void isNotAppliedWhenItsCommitIsRefusedAndNamesTheMessageThatIsToBlame() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        fake.send(SwitchMessages.error(xid + 1, 5, 1));
        fake.send(SwitchMessages.bundleError(xid + 4, MSG_FAILED));
        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThat(outcome)
                .isCompletedWithValue(new BundleOutcome(false, List.of(new Refusal(FIRST, "OFPFMFC_TABLE_FULL"))));
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void isNotAppliedWhenItsCommitIsNotAnswered() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThat(outcome).isCompletedWithValue(new BundleOutcome(false, List.of()));
    }

    @Test
    void failsWhenTheSwitchGaveUpTheBeginningAndCommittedTheRest() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        fake.send(SwitchMessages.bundleControl(xid, xid, OPENED));
        fake.send(SwitchMessages.bundleError(xid, TIMEOUT));
        fake.send(SwitchMessages.bundleControl(xid + 4, xid, COMMITTED));
        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThatThrownBy(outcome::join)
                .cause()
                .isInstanceOf(RequestRefused.class)
                .hasMessage("ONF_BUNDLE_CONTROL: OFPBFC_TIMEOUT");
        assertThat(fake.isConnected()).isTrue();
    }

    @Test
    void takesNoReplyThatIsNotItsOwn() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        byte[] committed = SwitchMessages.bundleControl(xid + 4, xid, COMMITTED);
        fake.send(SwitchMessages.bundleControl(xid + 4, xid + 1, COMMITTED));
        fake.send(SwitchMessages.bundleControl(xid + 3, xid, COMMITTED));
        fake.send(SwitchMessages.bundleControl(xid + 2, xid, COMMITTED));
        fake.send(SwitchMessages.bundleControl(xid + 4, xid, CLOSED));
        for (int length = 8; length < committed.length; length++) {
            fake.send(SwitchMessages.cut(committed, length));
        }
        fake.send(SwitchMessages.cut(committed, committed.length + 8));
        fake.send(SwitchMessages.bundleError(xid + 6, MSG_FAILED));

        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThat(outcome).isCompletedWithValue(new BundleOutcome(false, List.of()));
        assertThat(events.next(Event.Complained.class).error()).isEqualTo("OFPBFC_MSG_FAILED");
    }

    @Test
    void followsAnotherOnTheSameConnectionUnderAnotherId() {
        CompletableFuture<BundleOutcome> one = send(FIRST);
        CompletableFuture<BundleOutcome> other = send(SECOND);
        List<Message> messages = fake.receiveAll();
        int xid = messages.get(0).xid();
        int otherXid = messages.get(5).xid();
        assertThat(bundle(messages.get(5))).isEqualTo(otherXid).isNotEqualTo(xid);

        fake.send(SwitchMessages.bundleControl(xid + 3, xid, COMMITTED));
        fake.send(SwitchMessages.barrierReply(xid + 4));
        fake.send(SwitchMessages.error(otherXid + 1, 6, 8));
        fake.send(SwitchMessages.bundleError(otherXid + 3, MSG_FAILED));
        fake.send(SwitchMessages.barrierReply(otherXid + 4));

        assertThat(one).isCompletedWithValue(new BundleOutcome(true, List.of()));
        assertThat(other)
                .isCompletedWithValue(new BundleOutcome(false, List.of(new Refusal(SECOND, "OFPGMFC_UNKNOWN_GROUP"))));
    }

    @Test
    void leavesOutWhatNoMessageInItHasRoomFor() {
        SwitchCommand fits = groupOfBuckets(88);
        SwitchCommand huge = groupOfBuckets(89);
        CompletableFuture<BundleOutcome> outcome = send(huge, fits);

        List<Message> messages = fake.receiveAll();
        int xid = messages.get(0).xid();
        assertThat(messages).hasSize(5).extracting(Message::type).endsWith(EXPERIMENTER, BARRIER_REQUEST);
        assertThat(messages.get(1).octets()).isEqualTo(add(xid, fits, xid + 2));
        fake.send(SwitchMessages.bundleControl(xid + 4, xid, COMMITTED));
        fake.send(SwitchMessages.barrierReply(xid + 5));

        assertThat(outcome)
                .isCompletedWithValue(new BundleOutcome(
                        true,
                        List.of(new Refusal(
                                huge,
                                "not sent: it takes 65520 octets, and a message in a bundle has room for 65511"))));
    }

    @Test
    void isEncodedNoFurtherThanTheSwitchReads() {
        fake.setReading(false);
        SwitchCommand[] commands =
                IntStream.range(0, 10_000).mapToObj(BundleTest::delete).toArray(SwitchCommand[]::new);
        send(commands);
        assertThat(fake.receiveAll()).isEmpty();

        fake.setReading(true);

        assertThat(fake.receiveAll()).hasSize(commands.length + 4);
    }

    @Test
    void failsWhenTheSessionEndsInTheMiddle() {
        CompletableFuture<BundleOutcome> outcome = send(FIRST, SECOND);
        int xid = fake.receiveAll().get(0).xid();
        fake.send(SwitchMessages.bundleControl(xid + 4, xid, COMMITTED));

        fake.close();

        assertThatThrownBy(outcome::join).cause().isInstanceOf(ConnectionLost.class);
    }

    private CompletableFuture<BundleOutcome> send(SwitchCommand... commands) {
        return connection.sendAtomically(List.of(commands)).toCompletableFuture();
    }

    private static int bundle(Message message) {
        return message.body().getInt(8);
    }

    private static byte[] add(int bundle, SwitchCommand command, int xid) {
        ByteBuf message = Unpooled.buffer();
        CommandEncoder.encode(command, xid, message);
        return SwitchMessages.message(
                EXPERIMENTER,
                xid,
                body -> body.putInt(0x4f4e4600)
                        .putInt(2301)
                        .putInt(bundle)
                        .putShort((short) 0)
                        .putShort((short) 3)
                        .put(ByteBufUtil.getBytes(message)));
    }

    private static SwitchCommand delete(int group) {
        return new SwitchCommand.DeleteGroup(new GroupId(group));
    }

    /** Each takes 736 octets. */
    private static SwitchCommand groupOfBuckets(int count) {
        List<Action> bucket = Collections.nCopies(45, new Action.Output(1));
        return new SwitchCommand.AddGroup(new Group(new GroupId(1), Collections.nCopies(count, bucket)));
    }
}
