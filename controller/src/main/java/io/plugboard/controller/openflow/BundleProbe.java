package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;

/** Opens a bundle and discards it, to see whether the switch has bundles. */
final class BundleProbe extends Exchange<Boolean> {
    private static final int BUNDLE_ID = 1;

    private boolean opened;

    @Override
    String name() {
        return "ONF_BUNDLE_CONTROL";
    }

    @Override
    int xids() {
        return 2;
    }

    @Override
    boolean encode(ByteBuf out, int enough) {
        BundleMessages.control(BundleMessages.OPEN_REQUEST, BUNDLE_ID, firstXid(), out);
        BundleMessages.control(BundleMessages.DISCARD_REQUEST, BUNDLE_ID, firstXid() + 1, out);
        return true;
    }

    @Override
    boolean answered(int message, Frame frame) {
        if (message == 0) {
            opened = BundleMessages.isControl(frame, BundleMessages.OPEN_REPLY, BUNDLE_ID);
            return opened;
        }
        boolean discarded = BundleMessages.isControl(frame, BundleMessages.DISCARD_REPLY, BUNDLE_ID);
        if (discarded) {
            finish(opened);
        }
        return discarded;
    }

    @Override
    boolean refused(int message, String error) {
        if (message == 1) {
            finish(opened);
        }
        return true;
    }
}
