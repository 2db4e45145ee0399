package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.FlowTable;

/**
 * Reads which metadata bits the pipeline's tables can both match and write (OFPMP_TABLE_FEATURES, OpenFlow 1.3.5,
 * 7.3.5.5). The lists of properties behind each table's fixed part, a megabyte with some switches, are passed over.
 */
final class TableFeatures implements Request.Reply<Long> {
    private static final int FIXED_LENGTH = 64;
    private static final int METADATA_MATCH = 40;
    private static final int METADATA_WRITE = 48;

    private long metadata = -1;
    private int tables;

    @Override
    public void read(Frame frame) {
        ByteBuf entries = frame.multipartBody();
        while (entries.isReadable()) {
            ByteBuf table = entries.readSlice(Math.max(FIXED_LENGTH, entries.getUnsignedShort(entries.readerIndex())));
            if (FlowTable.of(table.getUnsignedByte(2)).isPresent()) {
                metadata &= table.getLong(METADATA_MATCH) & table.getLong(METADATA_WRITE);
                tables++;
            }
        }
    }

    @Override
    public Long whole() {
        return tables == 0 ? 0 : metadata;
    }
}
