package io.plugboard.controller.reconcile;

/**
 * Counters of one port (OFPMP_PORT_STATS), as the switch sees it: received is what the guest sent. Unsigned; -1 where the
 * switch does not count.
 */
public record PortCounters(long receivedFrames, long receivedBytes, long sentFrames, long sentBytes) {}
