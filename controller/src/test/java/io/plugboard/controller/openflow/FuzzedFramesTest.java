package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.plugboard.compiler.frame.Octets;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.controller.openflow.RecordedEvents.Event;
import io.plugboard.controller.openflow.ScriptedSwitch.Message;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Whatever a switch sends, no exception leaves its session, which answers an echo request or has ended. */
@Domain(RandomCommands.class)
@Domain(DomainContext.Global.class)
class FuzzedFramesTest {
    private static final Observed.Port PORT = new Observed.Port(7, "tap7", MacAddress.parse("02:00:00:00:00:07"), true);

    @Property
    void survivesAnythingAfterTheHandshake(
            @ForAll @Size(max = 3) List<InstalledFlow> flows,
            @ForAll @Size(max = 3) List<Group> groups,
            @ForAll long seed) {
        Random random = new Random(seed);
        RecordedEvents events = new RecordedEvents();
        EmbeddedSwitch fake = new EmbeddedSwitch(events);
        fake.shakeHands(0xa1, PORT);
        SwitchConnection connection = events.next(Event.Connected.class).connection();
        connection.readBack();
        connection.portCounters();
        connection.emit(List.of(new PacketOut(7, Octets.of(new byte[60]))));
        List<Message> questions = fake.receiveAll();
        connection.sendAtomically(List.of(new SwitchCommand.DeleteGroup(new GroupId(1))));
        int bundle = fake.receive().xid();

        for (byte[] answer : List.of(
                withXid(
                        questions.get(0),
                        ByteBufUtil.getBytes(OpenFlowJ.flowReply(flows).bytes())),
                withXid(
                        questions.get(1),
                        ByteBufUtil.getBytes(OpenFlowJ.groupReply(groups).bytes())),
                SwitchMessages.multipartReply(
                        questions.get(3).xid(), 4, false, body -> body.position(body.position() + 112)),
                SwitchMessages.portStatus(0, PORT),
                SwitchMessages.packetIn(7, 3, 1, new byte[20]),
                SwitchMessages.error(questions.get(4).xid(), 2, 4),
                SwitchMessages.bundleControl(bundle, bundle, 1),
                SwitchMessages.error(bundle + 1, 6, 8),
                SwitchMessages.bundleError(bundle + 3, 13),
                SwitchMessages.bundleControl(bundle + 3, bundle, 5),
                SwitchMessages.barrierReply(bundle + 4),
                SwitchMessages.meterConfig(questions.get(2).xid(), 6, 1_000, 1_000),
                SwitchMessages.error(questions.get(3).xid(), 1, 1))) {
            fake.send(damaged(answer, random));
        }

        assertAnswersOrHasEnded(fake, events);
    }

    @Property
    void survivesAnythingInTheHandshake(@ForAll long seed) {
        Random random = new Random(seed);
        RecordedEvents events = new RecordedEvents();
        EmbeddedSwitch fake = new EmbeddedSwitch(events);
        fake.receive();
        fake.send(SwitchMessages.hello(1 << 4));

        List<byte[]> answers = new ArrayList<>();
        fake.receiveAll()
                .forEach(question -> ScriptedSwitch.answer(question, 0xa1, PORT).ifPresent(answers::add));
        answers.forEach(answer -> fake.send(random.nextBoolean() ? answer : damaged(answer, random)));

        assertAnswersOrHasEnded(fake, events);
    }

    @Property
    void survivesAnythingInsteadOfHello(@ForAll @Size(max = 100) byte[] octets) {
        RecordedEvents events = new RecordedEvents();
        EmbeddedSwitch fake = new EmbeddedSwitch(events);

        fake.send(octets);

        assertNoFaultOfOurs(events);
    }

    private static void assertAnswersOrHasEnded(EmbeddedSwitch fake, RecordedEvents events) {
        fake.receiveAll();
        fake.send(SwitchMessages.echoRequest(0x7777, ""));
        assertThat(fake.receiveAll().stream().anyMatch(reply -> reply.xid() == 0x7777) || !fake.isConnected())
                .isTrue();
        assertNoFaultOfOurs(events);
    }

    private static void assertNoFaultOfOurs(RecordedEvents events) {
        assertThat(events.rest())
                .extracting(Event::toString)
                .noneMatch(event -> event.contains("an error of the controller"));
    }

    private static byte[] withXid(Message question, byte[] answer) {
        System.arraycopy(question.octets(), 4, answer, 4, 4);
        return answer;
    }

    /** Some octets are others; the length in the header is right, else what follows would be read as part of it. */
    private static byte[] damaged(byte[] message, Random random) {
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(message.length);
            if (at < 2 || at > 3) {
                message[at] = (byte) random.nextInt();
            }
        }
        return message;
    }
}
