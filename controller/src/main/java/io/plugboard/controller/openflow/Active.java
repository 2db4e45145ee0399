package io.plugboard.controller.openflow;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.controller.reconcile.BundleOutcome;
import io.plugboard.controller.reconcile.ControllerMeter;
import io.plugboard.controller.reconcile.Installed;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.reconcile.PortCounters;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.SwitchCommand;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.DatapathId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** The switch takes commands, and what it says of itself is passed on. */
final class Active extends Greeted implements SwitchConnection {
    private final Handshake handshake;

    Active(Session session, Handshake handshake) {
        super(session);
        this.handshake = handshake;
    }

    @Override
    void enter() {
        session.events().connected(this, handshake.ports());
    }

    @Override
    public DatapathId datapathId() {
        return handshake.dpid();
    }

    @Override
    public SwitchProfile profile() {
        return handshake.profile();
    }

    @Override
    public String address() {
        return session.address();
    }

    @Override
    public CompletionStage<List<Refusal>> send(List<SwitchCommand> commands) {
        return session.ask(new Batch(commands));
    }

    @Override
    public CompletionStage<BundleOutcome> sendAtomically(List<SwitchCommand> commands) {
        return session.ask(new Bundle(commands));
    }

    @Override
    public CompletionStage<Void> emit(List<PacketOut> packets) {
        return session.ask(new Emission(packets)).thenAccept(sent -> {});
    }

    @Override
    public CompletionStage<Installed> readBack() {
        CompletionStage<FlowStatistics.Flows> flows = session.ask(flows(TableId.ALL, 0, 0));
        CompletionStage<GroupDescriptions.Groups> groups = session.ask(Request.multipart(
                "OFPMP_GROUP_DESC",
                OpenFlow13.FACTORY.buildGroupDescStatsRequest(),
                OpenFlow13.MULTIPART_GROUP_DESC,
                new GroupDescriptions(),
                session.limits().replyBytes()));
        return flows.thenCombine(
                groups.thenCombine(meter(), (read, meter) -> new GroupsAndMeter(read, meter)), Active::installed);
    }

    private record GroupsAndMeter(GroupDescriptions.Groups groups, Optional<ControllerMeter> meter) {}

    /** The error of a switch that has no such meter is an answer too. */
    private CompletionStage<Optional<ControllerMeter>> meter() {
        if (!profile().meters()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return session.ask(Request.multipart(
                        "OFPMP_METER_CONFIG",
                        OpenFlow13.FACTORY
                                .buildMeterConfigStatsRequest()
                                .setMeterId(Integer.toUnsignedLong(Meters.CONTROLLER)),
                        OpenFlow13.MULTIPART_METER_CONFIG,
                        new Once<>(Meters::read),
                        session.limits().replyBytes()))
                .exceptionally(refused -> Optional.empty());
    }

    private static Installed installed(FlowStatistics.Flows flows, GroupsAndMeter rest) {
        GroupDescriptions.Groups groups = rest.groups();
        Map<FlowKey, InstalledFlow> byKey = new HashMap<>(2 * flows.flows().size());
        flows.flows().forEach(flow -> byKey.put(flow.key(), flow));
        Map<GroupId, Group> byId = new HashMap<>(2 * groups.groups().size());
        groups.groups().forEach(group -> byId.put(group.id(), group));
        return new Installed(byKey, byId, flows.foreign(), groups.foreign(), rest.meter());
    }

    @Override
    public CompletionStage<Map<Integer, PortCounters>> portCounters() {
        return session.ask(Request.multipart(
                "OFPMP_PORT_STATS",
                OpenFlow13.FACTORY.buildPortStatsRequest().setPortNo(OFPort.ANY),
                OpenFlow13.MULTIPART_PORT_STATS,
                new PortStatistics(),
                session.limits().replyBytes()));
    }

    @Override
    public CompletionStage<List<InstalledFlow>> flows(FlowTable table, Cookie cookie, long cookieMask) {
        return session.ask(flows(TableId.of(table.id()), cookie.bits(), cookieMask))
                .thenApply(FlowStatistics.Flows::flows);
    }

    private Request<FlowStatistics.Flows> flows(TableId table, long cookie, long cookieMask) {
        OFFlowStatsRequest.Builder request = OpenFlow13.FACTORY
                .buildFlowStatsRequest()
                .setTableId(table)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .setCookie(U64.of(cookie))
                .setCookieMask(U64.of(cookieMask))
                .setMatch(OpenFlow13.FACTORY.matchWildcardAll());
        return Request.multipart(
                "OFPMP_FLOW",
                request,
                OpenFlow13.MULTIPART_FLOW,
                new FlowStatistics(),
                session.limits().replyBytes());
    }

    @Override
    public void close(String reason) {
        session.end(reason);
    }

    @Override
    void portPut(Observed.Port port) {
        session.events().portPut(this, port);
    }

    @Override
    void portGone(int number) {
        session.events().portGone(this, number);
    }

    @Override
    void packetIn(Frame frame) {
        session.events().packetIn(this, PacketIns.read(frame.body()));
    }

    @Override
    void complained(String error) {
        session.events().complained(this, error);
    }

    @Override
    void closed(String reason) {
        session.events().disconnected(this, reason);
        session.registry().release(handshake.dpid(), session);
    }

    @Override
    public String toString() {
        return handshake.dpid() + " at " + address();
    }
}
