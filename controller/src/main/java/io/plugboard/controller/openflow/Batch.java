package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.RequestRefused;
import io.plugboard.controller.reconcile.SwitchCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands and a barrier behind them. Their transaction ids are consecutive, so that the one of an error leads to its
 * command by arithmetic, and nothing is kept for a command but the list that it came in.
 */
final class Batch extends Exchange<List<Refusal>> {
    private final List<SwitchCommand> commands;
    private final List<Refusal> refusals = new ArrayList<>();
    private int next;

    Batch(List<SwitchCommand> commands) {
        this.commands = List.copyOf(commands);
    }

    @Override
    String name() {
        return "OFPT_BARRIER_REQUEST";
    }

    @Override
    int xids() {
        return commands.size() + 1;
    }

    @Override
    boolean encode(ByteBuf out, int enough) {
        while (next < commands.size() && out.readableBytes() < enough) {
            encode(commands.get(next), out);
            next++;
        }
        if (next < commands.size() || out.readableBytes() >= enough) {
            return false;
        }
        Frame.writeHeader(OpenFlow13.BARRIER_REQUEST, Frame.HEADER_LENGTH, firstXid() + commands.size(), out);
        return true;
    }

    private void encode(SwitchCommand command, ByteBuf out) {
        int start = out.writerIndex();
        CommandEncoder.encode(command, firstXid() + next, out);
        int length = out.writerIndex() - start;
        if (length > Frame.MAX_LENGTH) {
            out.writerIndex(start);
            refusals.add(new Refusal(
                    command,
                    "not sent: it takes " + length + " octets, and a message has room for " + Frame.MAX_LENGTH));
        }
    }

    @Override
    boolean answered(int message, Frame frame) {
        if (message != commands.size() || frame.type() != OpenFlow13.BARRIER_REPLY) {
            return false;
        }
        finish(List.copyOf(refusals));
        return true;
    }

    @Override
    boolean refused(int message, String error) {
        if (message == commands.size()) {
            fail(new RequestRefused(name(), error));
        } else {
            refusals.add(new Refusal(commands.get(message), error));
        }
        return true;
    }
}
