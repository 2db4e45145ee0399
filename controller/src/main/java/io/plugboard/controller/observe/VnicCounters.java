package io.plugboard.controller.observe;

/** What a vNIC has sent and received, from the guest's side, and what its source guard has dropped. */
public record VnicCounters(long txFrames, long txBytes, long rxFrames, long rxBytes, long spoofedDrops) {
    public static final VnicCounters ZERO = new VnicCounters(0, 0, 0, 0, 0);
}
