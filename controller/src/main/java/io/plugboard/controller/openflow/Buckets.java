package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The buckets of a group of type ALL (OpenFlow 1.3.5, 7.3.4.2): lists of actions. */
final class Buckets {
    private static final int HEADER_LENGTH = 16;

    private Buckets() {}

    static void write(List<List<Action>> buckets, ByteBuf out) {
        for (List<Action> actions : buckets) {
            int start = out.writerIndex();
            out.writeShort(0); // the length, below
            out.writeShort(0); // weight
            out.writeInt(OpenFlow13.ANY); // watch port
            out.writeInt(OpenFlow13.ANY); // watch group
            out.writeZero(4);
            Actions.write(actions, out);
            out.setShort(start, out.writerIndex() - start);
        }
    }

    /** Reads to the end of the buffer; empty when there is an action that {@link Action} has no word for. */
    static Optional<List<List<Action>>> read(ByteBuf in) {
        List<List<Action>> buckets = new ArrayList<>();
        while (in.isReadable()) {
            ByteBuf bucket = in.readSlice(in.getUnsignedShort(in.readerIndex()));
            Optional<List<Action>> actions = Actions.read(bucket.skipBytes(HEADER_LENGTH));
            if (actions.isEmpty()) {
                return Optional.empty();
            }
            buckets.add(actions.get());
        }
        return Optional.of(buckets);
    }
}
