package io.plugboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.openflow.OpenFlowServer;
import io.plugboard.controller.openflow.SessionLimits;
import io.plugboard.controller.reconcile.ControllerMeter;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Open vSwitch makes of the meter of copies to the controller. */
class ControllerMeterIT {
    private static final int FRAMES = 5_000;
    private static final int FRAMES_AT_A_TIME = 50;
    private static final String FRAME = "ffffffffffff525400000001" + "0800" + "00".repeat(46);
    private static final ControllerMeter METER = new ControllerMeter(1_000, 1_000);

    /** So slow that no machine is slower. */
    private static final ControllerMeter SLOW = new ControllerMeter(10, 100);

    private final SwitchesUp events = new SwitchesUp();
    private final OpenFlowServer server = new OpenFlowServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), events, SessionLimits.defaults());
    private final OpenVSwitch ovs = OpenVSwitch.start(OpenVSwitch.Datapath.DUMMY);
    private SwitchConnection connection;

    @BeforeEach
    void connect() throws IOException {
        server.start();
        ovs.addBridge("br0", DatapathId.parse("00000000000000a1"));
        ovs.addDummyPorts("br0", 2);
        ovs.setController("br0", server.localAddress().getPort());
        connection = events.awaitConnected();
    }

    @AfterEach
    void stop() {
        ovs.close();
        server.close();
    }

    @Test
    void limitsCopiesAndForwardsEveryFrame() {
        Flow copying = new Flow(
                Rule.PORT_UNUSED,
                new Owner.OfBridge(),
                Match.any().inPort(1),
                Instructions.apply(new Action.ToController(), new Action.Output(2)));
        await(connection.send(List.of(new SwitchCommand.AddMeter(SLOW), new SwitchCommand.PutFlow(copying))));

        long start = System.nanoTime();
        for (int sent = FRAMES_AT_A_TIME; sent <= FRAMES; sent += FRAMES_AT_A_TIME) {
            send(FRAMES_AT_A_TIME);
            awaitReceived(sent);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        await(connection.send(List.of()));

        long forwarded = await(connection.portCounters()).get(2).sentFrames();
        int copies = events.packetIns();
        System.out.printf(
                "%d frames in %.1f s through a meter of %d copies/s: %d forwarded, %d copied%n",
                FRAMES, seconds, SLOW.rate(), forwarded, copies);
        assertThat(forwarded).isEqualTo(FRAMES);
        assertThat(copies).isPositive().isLessThan(FRAMES);
    }

    @Test
    void isReadBackAsItWasSentUntilItIsDeleted() {
        assertThat(await(connection.readBack()).meter()).isEmpty();

        assertThat(await(connection.send(List.of(new SwitchCommand.AddMeter(METER)))))
                .isEmpty();
        assertThat(await(connection.readBack()).meter()).contains(METER);

        ControllerMeter slower = new ControllerMeter(10, 20);
        assertThat(await(connection.send(List.of(new SwitchCommand.ModifyMeter(slower)))))
                .isEmpty();
        assertThat(await(connection.readBack()).meter()).contains(slower);

        ovs.ofctl("mod-meter", "br0", "meter=controller,kbps,band=type=drop,rate=1000");
        assertThat(await(connection.readBack()).meter()).contains(ControllerMeter.FOREIGN);

        SwitchCommand delete = new SwitchCommand.DeleteMeter();
        assertThat(await(connection.send(List.of(delete, delete)))).isEmpty();
        assertThat(await(connection.readBack()).meter()).isEmpty();
    }

    private void send(int frames) {
        ovs.appctl(
                Stream.concat(Stream.of("netdev-dummy/receive", "br0-1"), Collections.nCopies(frames, FRAME).stream())
                        .toArray(String[]::new));
    }

    private void awaitReceived(long frames) {
        Eventually.get(() -> await(connection.portCounters()), all -> all.get(1).receivedFrames() == frames);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
