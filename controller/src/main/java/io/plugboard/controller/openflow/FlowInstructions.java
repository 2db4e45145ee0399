package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Instructions;
import java.util.List;
import java.util.Optional;

/** The instructions of a flow (OpenFlow 1.3.5, 7.2.4). */
final class FlowInstructions {
    private static final int GOTO_TABLE = 1;
    private static final int WRITE_METADATA = 2;
    private static final int WRITE_ACTIONS = 3;
    private static final int APPLY_ACTIONS = 4;

    private static final int HEADER_LENGTH = 4;

    private FlowInstructions() {}

    /** In the order in which a switch executes them. */
    static void write(Instructions instructions, ByteBuf out) {
        write(APPLY_ACTIONS, instructions.apply(), out);
        write(WRITE_ACTIONS, instructions.write(), out);
        instructions.metadata().ifPresent(metadata -> {
            header(WRITE_METADATA, 24, out);
            out.writeZero(4);
            out.writeLong(metadata.value());
            out.writeLong(metadata.mask());
        });
        instructions.goTo().ifPresent(table -> {
            header(GOTO_TABLE, 8, out);
            out.writeByte(table.id());
            out.writeZero(3);
        });
    }

    private static void write(int type, List<Action> actions, ByteBuf out) {
        if (actions.isEmpty()) {
            return;
        }
        int start = out.writerIndex();
        header(type, 0, out);
        out.writeZero(4);
        Actions.write(actions, out);
        out.setShort(start + 2, out.writerIndex() - start);
    }

    private static void header(int type, int length, ByteBuf out) {
        out.writeShort(type);
        out.writeShort(length);
    }

    /** Reads to the end of the buffer; empty when there is something that {@link Instructions} has no word for. */
    static Optional<Instructions> read(ByteBuf in) {
        Optional<List<Action>> apply = Optional.of(List.of());
        Optional<List<Action>> write = Optional.of(List.of());
        Optional<Instructions.MetadataWrite> metadata = Optional.empty();
        Optional<FlowTable> goTo = Optional.empty();
        while (in.isReadable()) {
            int type = in.readUnsignedShort();
            ByteBuf content = in.readSlice(in.readUnsignedShort() - HEADER_LENGTH);
            switch (type) {
                case APPLY_ACTIONS:
                    apply = Actions.read(content.skipBytes(4));
                    break;
                case WRITE_ACTIONS:
                    write = Actions.read(content.skipBytes(4));
                    break;
                case WRITE_METADATA:
                    content.skipBytes(4);
                    metadata = Optional.of(new Instructions.MetadataWrite(content.readLong(), content.readLong()));
                    break;
                case GOTO_TABLE:
                    goTo = FlowTable.of(content.readUnsignedByte());
                    if (goTo.isEmpty()) {
                        return Optional.empty();
                    }
                    break;
                default:
                    return Optional.empty();
            }
        }
        return apply.isEmpty() || write.isEmpty()
                ? Optional.empty()
                : Optional.of(new Instructions(apply.get(), write.get(), metadata, goTo));
    }
}
