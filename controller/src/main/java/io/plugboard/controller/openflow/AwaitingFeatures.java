package io.plugboard.controller.openflow;

import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFGroupCapabilities;
import org.projectfloodlight.openflow.protocol.OFGroupFeaturesStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterFeaturesStatsReply;
import org.projectfloodlight.openflow.types.OFAuxId;

/**
 * The switch has said HELLO and is asked what it is and what it can do, all at once and a barrier behind. When the barrier's
 * reply is there, a question without an answer has been refused: what was optional, the switch has not.
 */
final class AwaitingFeatures extends Greeted {
    private static final int GROUP_TYPE_ALL = 0;
    private static final String OPEN_VSWITCH = "Open vSwitch";
    private static final long ALL_METADATA = -1;
    private static final Features NO_FEATURES = new Features(false, false);

    private Observed ports = Observed.NO_PORTS;

    AwaitingFeatures(Session session) {
        super(session);
    }

    /** Of groups. */
    private record Features(boolean all, boolean chaining) {}

    @Override
    void enter() {
        OFFactory factory = OpenFlow13.FACTORY;
        // Nothing of a frame comes up but what a flow explicitly sends.
        session.send(factory.buildSetConfig().setMissSendLen(0));
        var identity = ask(Request.single(
                "OFPT_FEATURES_REQUEST",
                factory.buildFeaturesRequest(),
                OpenFlow13.FEATURES_REPLY,
                new Once<>(frame -> OpenFlow13.read(frame, OFFeaturesReply.class))));
        var portList = ask(multipart(
                "OFPMP_PORT_DESC",
                factory.buildPortDescStatsRequest(),
                OpenFlow13.MULTIPART_PORT_DESC,
                new PortList()));
        var groups = ask(multipart(
                        "OFPMP_GROUP_FEATURES",
                        factory.buildGroupFeaturesStatsRequest(),
                        OpenFlow13.MULTIPART_GROUP_FEATURES,
                        new Once<>(AwaitingFeatures::groupFeatures)))
                .exceptionally(refused -> NO_FEATURES);
        var meters = ask(multipart(
                        "OFPMP_METER_FEATURES",
                        factory.buildMeterFeaturesStatsRequest(),
                        OpenFlow13.MULTIPART_METER_FEATURES,
                        new Once<>(AwaitingFeatures::hasMeters)))
                .exceptionally(refused -> false);
        var bundles = ask(new BundleProbe()).exceptionally(refused -> false);
        var hardware = ask(multipart(
                        "OFPMP_DESC",
                        factory.buildDescStatsRequest(),
                        OpenFlow13.MULTIPART_DESC,
                        new Once<>(frame ->
                                OpenFlow13.read(frame, OFDescStatsReply.class).getHwDesc())))
                .exceptionally(refused -> "unknown");

        ask(new Batch(List.of()))
                .thenCompose(barrier -> metadata(hardware.join()))
                .thenCombine(portList, (metadata, read) -> metadata)
                .thenAccept(metadata -> identified(
                        identity.join(),
                        new SwitchProfile(
                                identity.join().getNTables(),
                                metadata,
                                groups.join().all(),
                                groups.join().chaining(),
                                bundles.join(),
                                meters.join())))
                .whenComplete((through, failure) -> {
                    if (failure != null) {
                        session.close("the handshake failed: " + rootOf(failure).getMessage());
                    }
                });
    }

    /** Which bits the switch has. Open vSwitch has them all: it would say so in 1.3 MB, too much when all switches come. */
    private CompletableFuture<Long> metadata(String hardware) {
        if (hardware.equals(OPEN_VSWITCH)) {
            return CompletableFuture.completedFuture(ALL_METADATA);
        }
        var metadata = ask(multipart(
                        "OFPMP_TABLE_FEATURES",
                        OpenFlow13.FACTORY.buildTableFeaturesStatsRequest(),
                        OpenFlow13.MULTIPART_TABLE_FEATURES,
                        new TableFeatures()))
                .exceptionally(refused -> 0L);
        return ask(new Batch(List.of())).thenCompose(barrier -> metadata);
    }

    private <T> Request<T> multipart(String name, OFMessage.Builder message, int type, Request.Reply<T> reply) {
        return Request.multipart(name, message, type, reply, session.limits().replyBytes());
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    private <T> CompletableFuture<T> ask(Exchange<T> exchange) {
        session.exchanges().ask(exchange);
        return exchange.outcome().toCompletableFuture();
    }

    private void identified(OFFeaturesReply reply, SwitchProfile profile) {
        DatapathId dpid = new DatapathId(reply.getDatapathId().getLong());
        if (!reply.getAuxiliaryId().equals(OFAuxId.MAIN)) {
            session.close("it is an auxiliary connection of " + dpid + ", and none was asked for");
            return;
        }
        session.become(new Claiming(session, new Handshake(dpid, profile, ports)));
    }

    private static Features groupFeatures(Frame frame) {
        OFGroupFeaturesStatsReply reply = OpenFlow13.read(frame, OFGroupFeaturesStatsReply.class);
        return new Features(
                (reply.getTypes() & 1 << GROUP_TYPE_ALL) != 0,
                reply.getCapabilities().contains(OFGroupCapabilities.CHAINING));
    }

    private static boolean hasMeters(Frame frame) {
        return OpenFlow13.read(frame, OFMeterFeaturesStatsReply.class)
                        .getFeatures()
                        .getMaxMeter()
                > 0;
    }

    /** Ports go where their changes go, which may come between two parts of the list, and behind it. */
    private final class PortList implements Request.Reply<Observed> {
        @Override
        public void read(Frame frame) {
            var entries = frame.multipartBody();
            while (entries.isReadable()) {
                Ports.read(entries).ifPresent(AwaitingFeatures.this::portPut);
            }
        }

        @Override
        public Observed whole() {
            return ports;
        }
    }

    @Override
    void portPut(Observed.Port port) {
        ports = ports.with(port);
    }

    @Override
    void portGone(int number) {
        ports = ports.without(number);
    }

    @Override
    void packetIn(Frame frame) {
        session.skip(frame, "the handshake is not through");
    }

    @Override
    void complained(String error) {
        session.log("in the handshake", error);
    }

    @Override
    void closed(String reason) {
        session.handshakeFailed(reason);
    }
}
