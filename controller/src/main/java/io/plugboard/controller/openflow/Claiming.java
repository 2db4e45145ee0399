package io.plugboard.controller.openflow;

import io.plugboard.topology.Observed;
import java.util.Optional;

/**
 * The handshake is through. Should another session have this datapath id, it is asked whether it is alive, and whoever came
 * first and answers stays.
 */
final class Claiming extends Greeted {
    private Handshake handshake;
    private boolean refused;

    Claiming(Session session, Handshake handshake) {
        super(session);
        this.handshake = handshake;
    }

    @Override
    void enter() {
        session.handshakeIsThrough();
        claim();
    }

    private void claim() {
        Optional<Session> holder = session.registry().claim(handshake.dpid(), session);
        if (holder.isEmpty()) {
            session.become(new Active(session, handshake));
            return;
        }
        holder.get()
                .probe()
                .thenAccept(alive -> session.execute(() -> {
                    if (!session.isIn(this)) {
                        return;
                    }
                    if (alive) {
                        refused = true;
                        session.close("another session of " + handshake.dpid() + " is alive: "
                                + holder.get().address());
                    } else {
                        claim();
                    }
                }));
    }

    @Override
    void portPut(Observed.Port port) {
        handshake = handshake.withPort(port);
    }

    @Override
    void portGone(int number) {
        handshake = handshake.withoutPort(number);
    }

    @Override
    void packetIn(Frame frame) {
        session.skip(frame, "the session is not active");
    }

    @Override
    void complained(String error) {
        session.log("before the session is active", error);
    }

    @Override
    void closed(String reason) {
        if (refused) {
            session.events().duplicateRefused(handshake.dpid(), session.address());
        } else {
            session.handshakeFailed(reason);
        }
    }
}
