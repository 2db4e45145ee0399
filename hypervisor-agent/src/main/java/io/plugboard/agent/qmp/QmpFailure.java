package io.plugboard.agent.qmp;

import java.io.IOException;

/** A command was refused, or its connection has ended first; the message is QEMU's, or says why. */
public final class QmpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public QmpFailure(String reason) {
        super(reason);
    }
}
