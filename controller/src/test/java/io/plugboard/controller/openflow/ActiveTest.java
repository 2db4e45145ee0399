package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import io.plugboard.controller.reconcile.ConnectionLost;
import io.plugboard.controller.reconcile.ControllerMeter;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.RequestRefused;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;

class ActiveTest {
    private static final int BARRIER_REQUEST = 20;
    private static final Observed.Port PORT = new Observed.Port(7, "tap7", MacAddress.parse("02:00:00:00:00:07"), true);
    private static final Octets FRAME = Octets.of(new byte[60]);
    private static final SwitchCommand FIRST = delete(1);
    private static final SwitchCommand SECOND = delete(2);
    private static final SwitchCommand THIRD = delete(3);

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
    void sendsCommandsInOrderWithConsecutiveNumbersAndABarrierBehindThem() {
        connection.send(List.of(FIRST, SECOND, THIRD));

        List<Message> messages = fake.receiveAll();

        assertThat(messages).extracting(Message::type).containsExactly(15, 15, 15, BARRIER_REQUEST);
        int first = messages.get(0).xid();
        assertThat(messages).extracting(Message::xid).containsExactly(first, first + 1, first + 2, first + 3);
        assertThat(messages.subList(0, 3))
                .extracting(message -> message.body().getInt(4))
                .containsExactly(1, 2, 3);
    }

    @Test
    void findsTheCommandsThatErrorsAreAbout() {
        CompletionStage<List<Refusal>> outcome = connection.send(List.of(FIRST, SECOND, THIRD));
        List<Message> messages = fake.receiveAll();

        fake.send(SwitchMessages.error(messages.get(2).xid(), 5, 1));
        fake.send(SwitchMessages.error(messages.get(0).xid(), 6, 8));
        assertThat(outcome.toCompletableFuture()).isNotDone();
        fake.send(SwitchMessages.barrierReply(messages.get(3).xid()));

        assertThat(outcome.toCompletableFuture())
                .isCompletedWithValue(
                        List.of(new Refusal(THIRD, "OFPFMFC_TABLE_FULL"), new Refusal(FIRST, "OFPGMFC_UNKNOWN_GROUP")));
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void passesOnErrorsThatNoCommandIsWaitingFor() {
        connection.send(List.of(FIRST));
        List<Message> messages = fake.receiveAll();
        fake.send(SwitchMessages.barrierReply(messages.get(1).xid()));

        fake.send(SwitchMessages.error(messages.get(0).xid(), 5, 1));
        fake.send(SwitchMessages.error(0x7777_7777, 14, 3));
        fake.send(SwitchMessages.error(0x7777_7777, 3, 99));
        fake.send(SwitchMessages.message(
                1,
                1,
                body -> body.putShort((short) 0xffff).putShort((short) 2303).putInt(0x4f4e4601)));
        fake.send(SwitchMessages.message(1, 1, body -> {}));

        assertThat(Collections.nCopies(5, Event.Complained.class).stream().map(events::next))
                .extracting(Event.Complained::error)
                .containsExactly(
                        "OFPFMFC_TABLE_FULL",
                        "error type 14, code 3",
                        "OFPET_BAD_INSTRUCTION, code 99",
                        "OFPET_EXPERIMENTER 08ff4f4e4601",
                        "an error without type and code");
    }

    @Test
    void refusesByItselfWhatNoMessageHasRoomFor() {
        List<Action> sixActions = Collections.nCopies(6, new Action.Output(1));
        SwitchCommand huge =
                new SwitchCommand.AddGroup(new Group(new GroupId(1), Collections.nCopies(1000, sixActions)));

        CompletionStage<List<Refusal>> outcome = connection.send(List.of(FIRST, huge, SECOND));
        List<Message> messages = fake.receiveAll();
        assertThat(messages).extracting(Message::type).containsExactly(15, 15, BARRIER_REQUEST);
        assertThat(messages.get(1).xid()).isEqualTo(messages.get(0).xid() + 2);
        fake.send(SwitchMessages.barrierReply(messages.get(2).xid()));

        assertThat(outcome.toCompletableFuture())
                .isCompletedWithValue(List.of(
                        new Refusal(huge, "not sent: it takes 112016 octets, and a message has room for 65535")));
    }

    @Test
    void encodesNoMoreThanTheSwitchReads() {
        fake.setReading(false);
        List<SwitchCommand> commands =
                IntStream.range(0, 100_000).mapToObj(ActiveTest::delete).toList();
        connection.send(commands);
        assertThat(fake.receiveAll()).isEmpty();

        fake.setReading(true);

        assertThat(fake.receiveAll()).hasSize(commands.size() + 1);
    }

    @Test
    void readsBackFlowsAndGroupsOverSeveralParts() {
        Group group = new Group(new GroupId(3), List.of(List.of(new Action.Output(1))));
        CompletionStage<Installed> outcome = connection.readBack();
        List<Message> questions = fake.receiveAll();
        int flows = questions.get(0).xid();
        int groups = questions.get(1).xid();

        fake.send(SwitchMessages.multipartReply(flows, 1, true, body -> {}));
        fake.send(SwitchMessages.multipartReply(groups, 7, false, body -> body.put(octets(group))));
        fake.send(SwitchMessages.meterConfig(questions.get(2).xid(), 6, 500, 50));
        assertThat(outcome.toCompletableFuture()).isNotDone();
        fake.send(SwitchMessages.multipartReply(flows, 1, false, body -> {}));

        assertThat(outcome.toCompletableFuture())
                .isCompletedWithValue(new Installed(
                        Map.of(),
                        Map.of(group.id(), group),
                        List.of(),
                        List.of(),
                        Optional.of(new ControllerMeter(500, 50))));
    }

    @Test
    void knowsAMeterThatLimitsSomethingElseForAnother() {
        assertThat(meterReadFrom(question -> SwitchMessages.meterConfig(question, 5, 1_000, 1_000)))
                .contains(ControllerMeter.FOREIGN);
    }

    @Test
    void takesTheErrorOfAMeterThatIsNotThereForTheAnswer() {
        assertThat(meterReadFrom(question -> SwitchMessages.error(question, 12, 3)))
                .isEmpty();
    }

    @Test
    void doesWithoutAMeterThatCannotBeRead() {
        byte[] whole = SwitchMessages.meterConfig(0, 6, 1_000, 1_000);
        for (int length = 17; length < whole.length; length++) {
            int octets = length;
            assertThat(meterReadFrom(question ->
                            SwitchMessages.cut(SwitchMessages.meterConfig(question, 6, 1_000, 1_000), octets)))
                    .isEmpty();
        }
    }

    private Optional<ControllerMeter> meterReadFrom(IntFunction<byte[]> answer) {
        CompletionStage<Installed> outcome = connection.readBack();
        List<Message> questions = fake.receiveAll();
        fake.send(SwitchMessages.multipartReply(questions.get(0).xid(), 1, false, body -> {}));
        fake.send(SwitchMessages.multipartReply(questions.get(1).xid(), 7, false, body -> {}));
        fake.send(answer.apply(questions.get(2).xid()));
        return outcome.toCompletableFuture().getNow(null).meter();
    }

    @Test
    void tellsOutcomesInTheOrderOfAskingWhateverTheOrderOfAnswers() {
        List<String> told = new ArrayList<>();
        connection.portCounters().thenRun(() -> told.add("counters"));
        connection.readBack().thenRun(() -> told.add("installed"));
        List<Message> questions = fake.receiveAll();

        fake.send(SwitchMessages.multipartReply(questions.get(1).xid(), 1, false, body -> {}));
        fake.send(SwitchMessages.multipartReply(questions.get(2).xid(), 7, false, body -> {}));
        fake.send(SwitchMessages.meterConfig(questions.get(3).xid(), 6, 1_000, 1_000));
        assertThat(told).isEmpty();
        fake.send(SwitchMessages.multipartReply(questions.get(0).xid(), 4, false, body -> {}));

        assertThat(told).containsExactly("counters", "installed");
    }

    @Test
    void waitsNoLongerForAnswersThanUntilTheNextBarrier() {
        CompletableFuture<Map<Integer, PortCounters>> counters =
                connection.portCounters().toCompletableFuture();
        CompletableFuture<List<Refusal>> sent = connection.send(List.of()).toCompletableFuture();

        fake.send(SwitchMessages.barrierReply(fake.receive(BARRIER_REQUEST).xid()));

        assertThat(counters).isCompletedExceptionally();
        assertThatThrownBy(counters::join)
                .cause()
                .isInstanceOf(RequestRefused.class)
                .hasMessage("OFPMP_PORT_STATS: no answer");
        assertThat(sent).isCompletedWithValue(List.of());
    }

    @Test
    void keepsTheSessionWhenARequestIsRefused() {
        CompletableFuture<Map<Integer, PortCounters>> counters =
                connection.portCounters().toCompletableFuture();

        fake.send(SwitchMessages.error(fake.receive().xid(), 1, 2));

        assertThatThrownBy(counters::join)
                .cause()
                .isInstanceOf(RequestRefused.class)
                .hasMessage("OFPMP_PORT_STATS: OFPBRC_BAD_MULTIPART");
        assertThat(fake.isConnected()).isTrue();
    }

    @Test
    void failsWhatIsAskedAndWillBeAskedWhenTheSessionEnds() {
        CompletableFuture<Installed> before = connection.readBack().toCompletableFuture();
        fake.receiveAll();

        connection.close("tired of it");
        fake.turn();
        CompletableFuture<List<Refusal>> after = connection.send(List.of(FIRST)).toCompletableFuture();
        fake.turn();

        assertThat(before).isCompletedExceptionally();
        assertThatThrownBy(after::join)
                .cause()
                .isInstanceOf(ConnectionLost.class)
                .hasMessage("tired of it");
        assertThat(events.next(Event.Disconnected.class).reason()).isEqualTo("tired of it");
        assertThat(fake.isConnected()).isFalse();
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void passesOnWhatThePortsDo() {
        fake.send(SwitchMessages.portStatus(2, PORT));
        fake.send(SwitchMessages.portStatus(1, PORT));
        fake.send(SwitchMessages.portStatus(0, new Observed.Port(0xfffffffd, "CONTROLLER", PORT.mac(), true)));

        assertThat(events.next(Event.PortPut.class).port()).isEqualTo(PORT);
        assertThat(events.next(Event.PortGone.class).number()).isEqualTo(7);
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void sendsFramesOfItsOwnBehindTheCommandsBeforeThem() {
        connection.send(List.of(FIRST));
        connection.emit(List.of(new PacketOut(7, FRAME), new PacketOut(PortRef.LOCAL, FRAME)));

        List<Message> messages = fake.receiveAll();

        assertThat(messages).extracting(Message::type).containsExactly(15, BARRIER_REQUEST, 13, 13);
        assertThat(messages.get(2).octets())
                .isEqualTo(octets(packetOut(messages.get(1).xid() + 1, 7).build()));
    }

    @Test
    void hasEmittedWhenTheSocketHasTakenTheFrames() {
        fake.setReading(false);
        CompletionStage<Void> emitted = connection.emit(List.of(new PacketOut(7, FRAME)));
        fake.turn();
        assertThat(emitted.toCompletableFuture()).isNotDone();

        fake.setReading(true);

        assertThat(emitted.toCompletableFuture()).isCompleted();
    }

    @Test
    void hasEmittedNothingAtOnce() {
        CompletionStage<Void> emitted = connection.emit(List.of());

        assertThat(fake.receiveAll()).isEmpty();
        assertThat(emitted.toCompletableFuture()).isCompleted();
    }

    @Test
    void encodesNoMoreFramesThanTheSwitchReads() {
        fake.setReading(false);
        CompletionStage<Void> emitted = connection.emit(Collections.nCopies(10_000, new PacketOut(7, FRAME)));
        assertThat(fake.receiveAll()).isEmpty();

        fake.setReading(true);

        assertThat(fake.receiveAll()).hasSize(10_000);
        assertThat(emitted.toCompletableFuture()).isCompleted();
    }

    @Test
    void passesOnWhatIsWrongWithFramesOfItsOwn() {
        connection.portCounters();
        connection.emit(List.of(new PacketOut(7, FRAME)));
        Message emitted = fake.receive(13);

        fake.send(SwitchMessages.error(emitted.xid(), 2, 4));

        assertThat(events.next(Event.Complained.class).error()).isEqualTo("OFPBAC_BAD_OUT_PORT");
    }

    @Test
    void emitsNothingOnceTheSessionHasEnded() {
        fake.setReading(false);
        CompletionStage<Void> before = connection.emit(List.of(new PacketOut(7, FRAME)));
        fake.turn();

        fake.close();
        CompletionStage<Void> after = connection.emit(List.of(new PacketOut(7, FRAME)));
        fake.turn();

        assertThat(before.toCompletableFuture()).isCompletedExceptionally();
        assertThat(after.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void passesOnCopiesOfFrames() {
        fake.send(SwitchMessages.packetIn(7, 3, 0x706c, FRAME.toArray()));

        assertThat(events.next(Event.PacketCame.class).packet()).isEqualTo(new PacketIn(7, 3, 0x706c, FRAME));
    }

    @Test
    void doesWithoutCopiesThatCannotBeRead() {
        byte[] whole = SwitchMessages.packetIn(7, 3, 0x706c, FRAME.toArray());
        byte[] withoutPort = whole.clone();
        withoutPort[8 + 16 + 4 + 2] = 1 << 1; // the field: IN_PHY_PORT
        fake.send(withoutPort);
        for (int length = 9; length < whole.length; length++) {
            fake.send(SwitchMessages.cut(whole, length));
        }
        fake.send(SwitchMessages.echoRequest(5, ""));

        assertThat(fake.receive().xid()).isEqualTo(5);
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void passesOnFlowsRemovedThatNobodyAskedFor() {
        fake.send(SwitchMessages.message(11, 0, body -> body.putLong(0)));

        assertThat(events.next(Event.Complained.class).error()).contains("flow removed");
    }

    private static OFPacketOut.Builder packetOut(int xid, int port) {
        return OpenFlow13.FACTORY
                .buildPacketOut()
                .setXid(xid)
                .setBufferId(OFBufferId.NO_BUFFER)
                .setInPort(OFPort.CONTROLLER)
                .setActions(List.of(OpenFlowJ.action(new Action.Output(port))))
                .setData(FRAME.toArray());
    }

    private static SwitchCommand delete(int group) {
        return new SwitchCommand.DeleteGroup(new GroupId(group));
    }

    private static byte[] octets(OFMessage message) {
        ByteBuf out = Unpooled.buffer();
        message.writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] octets(Group group) {
        byte[] entry = new byte[8 + 16 + 16];
        OpenFlowJ.groupReply(List.of(group)).multipartBody().readBytes(entry);
        return entry;
    }
}
