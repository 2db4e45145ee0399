package io.plugboard.compiler.ir;

import io.plugboard.compiler.frame.Octets;

/**
 * A frame of the controller's own, sent out of one port and past all flows (OFPT_PACKET_OUT, OpenFlow 1.3.5, 7.3.7).
 *
 * @param port unsigned
 * @param frame an Ethernet frame from its destination address on, without FCS; at most {@value #MAX_FRAME_LENGTH} octets,
 *     which fit a message of 64 KiB
 */
public record PacketOut(int port, Octets frame) {
    /** A message of 65,535 octets less its fixed part and its one action. */
    public static final int MAX_FRAME_LENGTH = 65_495;

    public PacketOut {
        if (frame.length() > MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException("a frame of " + frame.length()
                    + " octets would be sent, and a message has room for " + MAX_FRAME_LENGTH);
        }
    }
}
