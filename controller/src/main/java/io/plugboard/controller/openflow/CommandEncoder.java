package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Group;
import io.plugboard.controller.reconcile.Installed.ForeignFlow;
import io.plugboard.controller.reconcile.SwitchCommand;
import java.util.HexFormat;
import java.util.List;

/**
 * Commands as flow-mods and group-mods (OpenFlow 1.3.5, 7.3.4.1 and 7.3.4.2), straight into the buffer that is sent: they
 * come by the hundred thousand, and need few of the messages' fields.
 */
final class CommandEncoder {
    private static final int FLOW_ADD = 0;
    private static final int FLOW_DELETE_STRICT = 4;
    /** Flags: the counters of a replaced flow are kept, its removal is not reported. */
    private static final int KEEP_COUNTS = 0;

    /** OFPFF_RESET_COUNTS. */
    static final int RESET_COUNTS = 1 << 2;

    private static final int GROUP_ADD = 0;
    private static final int GROUP_MODIFY = 1;
    private static final int GROUP_DELETE = 2;
    private static final int GROUP_TYPE_ALL = 0;

    /** Put in by {@link #encode} when the message is there. */
    private static final int LENGTH_FOLLOWS = 0;

    private CommandEncoder() {}

    /** Writes one message; its length is wrong when it exceeds {@link Frame#MAX_LENGTH}. */
    static void encode(SwitchCommand command, int xid, ByteBuf out) {
        int start = out.writerIndex();
        if (command instanceof SwitchCommand.PutFlow put) {
            putFlow(put.flow(), KEEP_COUNTS, xid, out);
        } else if (command instanceof SwitchCommand.RenewFlow renew) {
            putFlow(renew.flow(), RESET_COUNTS, xid, out);
        } else if (command instanceof SwitchCommand.DeleteFlow delete) {
            FlowKey key = delete.key();
            flowMod(FLOW_DELETE_STRICT, KEEP_COUNTS, 0, key.table(), key.priority(), xid, out);
            Oxm.write(key.match(), out);
        } else if (command instanceof SwitchCommand.DeleteForeignFlow delete) {
            ForeignFlow flow = delete.flow();
            flowMod(FLOW_DELETE_STRICT, KEEP_COUNTS, 0, flow.table(), flow.priority(), xid, out);
            byte[] match = HexFormat.of().parseHex(flow.match());
            out.writeBytes(match).writeZero(Oxm.padding(match.length));
        } else if (command instanceof SwitchCommand.AddGroup add) {
            groupMod(GROUP_ADD, add.group(), xid, out);
        } else if (command instanceof SwitchCommand.ModifyGroup modify) {
            groupMod(GROUP_MODIFY, modify.group(), xid, out);
        } else if (command instanceof SwitchCommand.DeleteGroup delete) {
            groupMod(GROUP_DELETE, new Group(delete.id(), List.of()), xid, out);
        } else if (command instanceof SwitchCommand.ForMeter meter) {
            Meters.write(meter, xid, out);
        } else {
            throw new AssertionError(command);
        }
        out.setShort(start + 2, out.writerIndex() - start);
    }

    private static void putFlow(Flow flow, int flags, int xid, ByteBuf out) {
        FlowKey key = flow.key();
        flowMod(FLOW_ADD, flags, flow.cookie().bits(), key.table(), key.priority(), xid, out);
        Oxm.write(key.match(), out);
        FlowInstructions.write(flow.instructions(), out);
    }

    /** All before the match. */
    private static void flowMod(int command, int flags, long cookie, int table, int priority, int xid, ByteBuf out) {
        Frame.writeHeader(OpenFlow13.FLOW_MOD, LENGTH_FOLLOWS, xid, out);
        out.writeLong(cookie);
        out.writeLong(0); // cookie mask: any
        out.writeByte(table);
        out.writeByte(command);
        out.writeShort(0); // no idle timeout
        out.writeShort(0); // no hard timeout
        out.writeShort(priority);
        out.writeInt(OpenFlow13.NO_BUFFER);
        out.writeInt(OpenFlow13.ANY); // out port
        out.writeInt(OpenFlow13.ANY); // out group
        out.writeShort(flags);
        out.writeZero(2);
    }

    private static void groupMod(int command, Group group, int xid, ByteBuf out) {
        Frame.writeHeader(OpenFlow13.GROUP_MOD, LENGTH_FOLLOWS, xid, out);
        out.writeShort(command);
        out.writeByte(GROUP_TYPE_ALL);
        out.writeZero(1);
        out.writeInt(group.id().bits());
        Buckets.write(group.buckets(), out);
    }
}
