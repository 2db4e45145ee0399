package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitingFeaturesTest {
    private static final DatapathId DPID = DatapathId.parse("00000000000000a1");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:07");
    private static final Observed.Port PORT = new Observed.Port(7, "tap7", MAC, true);
    private static final Observed.Port OTHER = new Observed.Port(8, "tap8", MAC, false);
    private static final Predicate<Message> IS_BARRIER = message -> message.type() == 20;

    private final RecordedEvents events = new RecordedEvents();
    private final EmbeddedSwitch fake = new EmbeddedSwitch(events);
    private List<Message> questions = List.of();

    @BeforeEach
    void greet() {
        fake.receive();
        fake.send(SwitchMessages.hello(1 << 4));
        questions = fake.receiveAll();
    }

    @Test
    void asksEverythingAtOnceAndABarrierBehindIt() {
        assertThat(questions)
                .extracting(question ->
                        question.type() == 18 ? "multipart " + question.body().getShort(0) : "type " + question.type())
                .containsExactly(
                        "type 9",
                        "type 5",
                        "multipart 13",
                        "multipart 8",
                        "multipart 11",
                        "type 4",
                        "type 4",
                        "multipart 0",
                        "type 20");
    }

    @Test
    void takesWhatIsRefusedForMissing() {
        for (List<Message> round = questions; !round.isEmpty(); round = fake.receiveAll()) {
            for (Message question : round) {
                boolean mandatory = question.type() == 5 || IS_BARRIER.test(question) || isMultipart(question, 13);
                answer(question)
                        .ifPresent(
                                answer -> fake.send(mandatory ? answer : SwitchMessages.error(question.xid(), 1, 2)));
            }
        }

        assertThat(events.next(Event.Connected.class).connection().profile())
                .isEqualTo(new SwitchProfile(254, 0, false, false, false, false));
    }

    @Test
    void takesWhatIsNotAnsweredBeforeTheBarrierForMissing() {
        questions.stream()
                .filter(question -> question.type() == 5 || isMultipart(question, 13) || IS_BARRIER.test(question))
                .forEach(question -> answer(question).ifPresent(fake::send));
        fake.send(SwitchMessages.barrierReply(fake.receive(20).xid()));

        assertThat(events.next(Event.Connected.class).connection().profile())
                .isEqualTo(new SwitchProfile(254, 0, false, false, false, false));
    }

    @Test
    void doesWithoutAnswerThatOpenFlowJCannotRead() {
        for (Message question : questions) {
            if (isMultipart(question, 8)) {
                fake.send(SwitchMessages.multipartReply(question.xid(), 8, false, body -> body.putShort((short) 1)));
            } else {
                answer(question).ifPresent(fake::send);
            }
        }

        assertThat(events.next(Event.Connected.class).connection().profile().allGroups())
                .isFalse();
    }

    @Test
    void asksAnythingButOpenVSwitchForTheMetadataBitsThatEveryTableOfThePipelineHas() {
        for (Message question : questions) {
            answer(question)
                    .ifPresent(answer -> fake.send(
                            isMultipart(question, 0) ? SwitchMessages.description(question.xid(), "Brand X") : answer));
        }
        Message question = fake.receive(18);
        fake.send(SwitchMessages.multipartReply(question.xid(), 12, true, body -> {}));
        byte[] features = SwitchMessages.tableFeatures(question.xid(), 13, 0xffffL);
        features[16 + 2 * 72 + 55] = 0x0f; // what table 2 can write
        features[16 + 12 * 72 + 55] = 0; // of a table behind the pipeline
        fake.send(features);
        fake.send(SwitchMessages.barrierReply(fake.receive(20).xid()));

        assertThat(events.next(Event.Connected.class).connection().profile().metadata())
                .isEqualTo(0xff0f);
    }

    @Test
    void failsWhenTheSwitchDoesNotSayWhatItIs() {
        for (Message question : questions) {
            answer(question)
                    .ifPresent(answer ->
                            fake.send(question.type() == 5 ? SwitchMessages.error(question.xid(), 1, 5) : answer));
        }

        assertThat(events.next(Event.HandshakeFailed.class).reason())
                .isEqualTo("the handshake failed: OFPT_FEATURES_REQUEST: OFPBRC_EPERM");
        assertThat(fake.isConnected()).isFalse();
    }

    @Test
    void closesAuxiliaryConnection() {
        for (Message question : questions) {
            answer(question)
                    .ifPresent(answer -> fake.send(
                            question.type() == 5
                                    ? SwitchMessages.featuresReply(question.xid(), DPID.bits(), 254, 1)
                                    : answer));
        }

        assertThat(events.next(Event.HandshakeFailed.class).reason())
                .isEqualTo("it is an auxiliary connection of " + DPID + ", and none was asked for");
    }

    @Test
    void knowsPortsAsTheyAreWhenTheHandshakeEnds() {
        for (Message question : questions) {
            if (IS_BARRIER.test(question)) {
                fake.send(SwitchMessages.portStatus(0, OTHER));
                fake.send(SwitchMessages.portStatus(1, PORT));
            }
            answer(question, PORT).ifPresent(fake::send);
        }

        assertThat(events.next(Event.Connected.class).ports().ports().values()).containsExactly(OTHER);
    }

    @Test
    void countsLocalAsAPortAndNoOtherReservedNumber() {
        Observed.Port local = new Observed.Port(PortRef.LOCAL, "br0", MAC, true);
        Observed.Port highest = new Observed.Port(PortRef.MAX_NUMBER, "last", MAC, true);
        Observed.Port controller = new Observed.Port(0xfffffffd, "CONTROLLER", MAC, true);
        Observed.Port zero = new Observed.Port(0, "zero", MAC, true);
        questions.forEach(
                question -> answer(question, local, highest, controller, zero).ifPresent(fake::send));

        assertThat(events.next(Event.Connected.class).ports().ports().values()).containsOnly(local, highest);
    }

    @Test
    void keepsToTheDeadlineThoughTheSwitchTalks() {
        for (int second = 0; second < 3; second++) {
            fake.send(SwitchMessages.echoRequest(second, "still here"));
            fake.pass(Duration.ofSeconds(1));
        }

        assertThat(events.next(Event.HandshakeFailed.class).reason()).isEqualTo("no handshake within 3000 ms");
    }

    @Test
    void hasNoDeadlineOnceItIsThrough() {
        questions.forEach(question -> answer(question).ifPresent(fake::send));
        fake.pass(Duration.ofSeconds(4));

        assertThat(fake.isConnected()).isTrue();
        events.next(Event.Connected.class);
        assertThat(events.isEmpty()).isTrue();
    }

    private static boolean isMultipart(Message question, int type) {
        return question.type() == 18 && question.body().getShort(0) == type;
    }

    private static Optional<byte[]> answer(Message question, Observed.Port... ports) {
        return ScriptedSwitch.answer(question, DPID.bits(), ports);
    }
}
