package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.controller.reconcile.Installed.ForeignFlow;
import io.plugboard.controller.reconcile.InstalledFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;

/**
 * Reads flows (OFPMP_FLOW, OpenFlow 1.3.5, 7.3.5.2), each entry alone: one that is damaged, or says what the compiler's terms
 * have no word for, is a foreign flow and costs no other.
 */
final class FlowStatistics implements Request.Reply<FlowStatistics.Flows> {
    private static final int REPLY_HEADER_LENGTH = 16;
    private static final int FIXED_LENGTH = 48;
    private static final int MATCH = FIXED_LENGTH;
    private static final int SHOWN_OCTETS = 256;

    private final List<InstalledFlow> flows = new ArrayList<>();
    private final List<ForeignFlow> foreign = new ArrayList<>();

    record Flows(List<InstalledFlow> flows, List<ForeignFlow> foreign) {}

    @Override
    public void read(Frame frame) {
        ByteBuf entries = frame.multipartBody();
        while (entries.isReadable()) {
            int length = entries.readableBytes() < 2 ? 0 : entries.getUnsignedShort(entries.readerIndex());
            if (length < FIXED_LENGTH || length > entries.readableBytes()) {
                throw new ProtocolViolation("its OFPMP_FLOW reply has an entry of " + length + " octets");
            }
            read(entries.readSlice(length));
        }
    }

    private void read(ByteBuf entry) {
        Optional<InstalledFlow> flow;
        try {
            flow = parse(entry.duplicate());
        } catch (RuntimeException e) {
            flow = Optional.empty();
        }
        flow.ifPresentOrElse(flows::add, () -> foreign.add(foreign(entry)));
    }

    private static Optional<InstalledFlow> parse(ByteBuf entry) {
        entry.skipBytes(2);
        int table = entry.readUnsignedByte();
        entry.skipBytes(1 + 8); // padding, how long it has been there
        int priority = entry.readUnsignedShort();
        int idleTimeout = entry.readUnsignedShort();
        int hardTimeout = entry.readUnsignedShort();
        // Open vSwitch remembers that the counters of a flow were once reset, and says so.
        int flags = entry.readUnsignedShort();
        entry.skipBytes(4);
        long cookie = entry.readLong();
        long packets = entry.readLong();
        long bytes = entry.readLong();
        Optional<Match> match = Oxm.read(entry);
        if (match.isEmpty() || idleTimeout != 0 || hardTimeout != 0 || (flags & ~CommandEncoder.RESET_COUNTS) != 0) {
            return Optional.empty();
        }
        Optional<Instructions> instructions = FlowInstructions.read(entry);
        return instructions.map(
                done -> new InstalledFlow(new FlowKey(table, priority, match.get()), cookie, done, packets, bytes));
    }

    private static ForeignFlow foreign(ByteBuf entry) {
        int matchLength = entry.readableBytes() < MATCH + 4 ? 0 : entry.getUnsignedShort(MATCH + 2);
        // A damaged match is cut where the entry ends: a switch that is told to delete it refuses.
        String match = ByteBufUtil.hexDump(entry, MATCH, Math.min(matchLength, entry.readableBytes() - MATCH));
        return new ForeignFlow(
                entry.getUnsignedByte(2), entry.getUnsignedShort(12), match, entry.getLong(24), describe(entry));
    }

    /** In OpenFlowJ's words, which reads the entry in a reply of its own; the octets where it cannot. */
    private static String describe(ByteBuf entry) {
        ByteBuf message = Unpooled.buffer(REPLY_HEADER_LENGTH + entry.readableBytes());
        Frame.writeHeader(OpenFlow13.MULTIPART_REPLY, message.capacity(), 0, message);
        message.writeShort(OpenFlow13.MULTIPART_FLOW).writeZero(6).writeBytes(entry.duplicate());
        try {
            OFFlowStatsEntry read = OpenFlow13.read(new Frame(message), OFFlowStatsReply.class)
                    .getEntries()
                    .get(0);
            return "priority=" + read.getPriority() + " " + read.getMatch() + " " + read.getInstructions();
        } catch (RuntimeException e) {
            return "octets " + ByteBufUtil.hexDump(entry, 0, Math.min(entry.readableBytes(), SHOWN_OCTETS));
        }
    }

    @Override
    public Flows whole() {
        return new Flows(flows, foreign);
    }
}
