package io.plugboard.controller.reconcile;

import io.plugboard.compiler.frame.Octets;

/**
 * A copy of a frame that a flow has sent to the controller (OFPT_PACKET_IN, OpenFlow 1.3.5, 7.4.1). A guest wrote the frame.
 *
 * @param inPort where the frame came in, unsigned
 * @param tableId the table of the flow
 * @param cookie of the flow
 * @param octets the whole frame from its destination address on, without FCS, as it was when it was copied
 */
public record PacketIn(int inPort, int tableId, long cookie, Octets octets) {}
