package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.controller.reconcile.PortCounters;
import java.util.HashMap;
import java.util.Map;

/** Reads counters of ports (OFPMP_PORT_STATS, OpenFlow 1.3.5, 7.3.5.6). */
final class PortStatistics implements Request.Reply<Map<Integer, PortCounters>> {
    private static final int LENGTH = 112;

    private final Map<Integer, PortCounters> counters = new HashMap<>();

    @Override
    public void read(Frame frame) {
        ByteBuf entries = frame.multipartBody();
        while (entries.isReadable()) {
            ByteBuf entry = entries.readSlice(LENGTH);
            int number = entry.readInt();
            entry.skipBytes(4);
            long receivedFrames = entry.readLong();
            long sentFrames = entry.readLong();
            long receivedBytes = entry.readLong();
            long sentBytes = entry.readLong();
            if (Ports.isPort(number)) {
                counters.put(number, new PortCounters(receivedFrames, receivedBytes, sentFrames, sentBytes));
            }
        }
    }

    @Override
    public Map<Integer, PortCounters> whole() {
        return counters;
    }
}
