package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.controller.reconcile.BundleOutcome;
import io.plugboard.controller.reconcile.Refusal;
import io.plugboard.controller.reconcile.RequestRefused;
import io.plugboard.controller.reconcile.SwitchCommand;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands as one atomic, ordered bundle, and a barrier behind it. All is sent at once: what Open vSwitch finds wrong with a
 * message by itself it says when it is added, and commits the others; what is wrong with one among the flows and groups that
 * are there it says of that message when it commits, and applies none. Both errors have the transaction id of the message
 * that they are about.
 *
 * <p>The bundle's id is the transaction id of its first message, so that no two of a session have the same.
 */
final class Bundle extends Exchange<BundleOutcome> {
    /** Which message asks for what: the commands' come between the first two. */
    private static final int OPEN = 0;

    private final List<SwitchCommand> commands;
    private final int close;
    private final int commit;
    private final int barrier;
    private final List<Refusal> refusals = new ArrayList<>();
    private int next;
    private boolean committed;
    private String trouble = "";

    Bundle(List<SwitchCommand> commands) {
        this.commands = List.copyOf(commands);
        close = this.commands.size() + 1;
        commit = close + 1;
        barrier = commit + 1;
    }

    @Override
    String name() {
        return "ONF_BUNDLE_CONTROL";
    }

    @Override
    int xids() {
        return barrier + 1;
    }

    @Override
    boolean encode(ByteBuf out, int enough) {
        while (next <= barrier && out.readableBytes() < enough) {
            encode(next, out);
            next++;
        }
        return next > barrier;
    }

    private void encode(int message, ByteBuf out) {
        int xid = firstXid() + message;
        if (message == OPEN) {
            BundleMessages.control(BundleMessages.OPEN_REQUEST, firstXid(), xid, out);
        } else if (message == close) {
            BundleMessages.control(BundleMessages.CLOSE_REQUEST, firstXid(), xid, out);
        } else if (message == commit) {
            BundleMessages.control(BundleMessages.COMMIT_REQUEST, firstXid(), xid, out);
        } else if (message == barrier) {
            Frame.writeHeader(OpenFlow13.BARRIER_REQUEST, Frame.HEADER_LENGTH, xid, out);
        } else {
            add(commands.get(message - 1), xid, out);
        }
    }

    private void add(SwitchCommand command, int xid, ByteBuf out) {
        int start = out.writerIndex();
        out.writeZero(BundleMessages.ADD_LENGTH);
        CommandEncoder.encode(command, xid, out);
        int end = out.writerIndex();
        int length = end - start - BundleMessages.ADD_LENGTH;
        out.writerIndex(start);
        if (BundleMessages.ADD_LENGTH + length > Frame.MAX_LENGTH) {
            refusals.add(new Refusal(
                    command,
                    "not sent: it takes " + length + " octets, and a message in a bundle has room for "
                            + (Frame.MAX_LENGTH - BundleMessages.ADD_LENGTH)));
        } else {
            BundleMessages.add(firstXid(), length, xid, out);
            out.writerIndex(end);
        }
    }

    @Override
    boolean answered(int message, Frame frame) {
        if (message == barrier && frame.type() == OpenFlow13.BARRIER_REPLY) {
            decide();
            return true;
        }
        boolean isCommitReply =
                message == commit && BundleMessages.isControl(frame, BundleMessages.COMMIT_REPLY, firstXid());
        committed |= isCommitReply;
        return isCommitReply
                || message == OPEN && BundleMessages.isControl(frame, BundleMessages.OPEN_REPLY, firstXid())
                || message == close && BundleMessages.isControl(frame, BundleMessages.CLOSE_REPLY, firstXid());
    }

    /**
     * A switch that has given a bundle up for it stood idle says so of its opening, and takes what is added later for another
     * bundle: then only the rest of the commands is in force, and nobody knows which.
     */
    private void decide() {
        if (committed && !trouble.isEmpty()) {
            fail(new RequestRefused(name(), trouble));
        } else {
            finish(new BundleOutcome(committed, refusals));
        }
    }

    @Override
    boolean refused(int message, String error) {
        if (message == barrier) {
            fail(new RequestRefused("OFPT_BARRIER_REQUEST", error));
        } else if (message == OPEN || message == close || message == commit) {
            trouble = trouble.isEmpty() ? error : trouble;
        } else {
            refusals.add(new Refusal(commands.get(message - 1), error));
        }
        return true;
    }
}
