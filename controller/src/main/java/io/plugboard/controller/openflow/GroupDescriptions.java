package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads groups (OFPMP_GROUP_DESC, OpenFlow 1.3.5, 7.3.5.10), each alone. */
final class GroupDescriptions implements Request.Reply<GroupDescriptions.Groups> {
    private static final int FIXED_LENGTH = 8;
    private static final int TYPE_ALL = 0;

    private final List<Group> groups = new ArrayList<>();
    private final List<GroupId> foreign = new ArrayList<>();

    /** @param foreign of other types, damaged, or with actions that the compiler's terms have no word for */
    record Groups(List<Group> groups, List<GroupId> foreign) {}

    @Override
    public void read(Frame frame) {
        ByteBuf entries = frame.multipartBody();
        while (entries.isReadable()) {
            int length = entries.readableBytes() < 2 ? 0 : entries.getUnsignedShort(entries.readerIndex());
            if (length < FIXED_LENGTH || length > entries.readableBytes()) {
                throw new ProtocolViolation("its OFPMP_GROUP_DESC reply has an entry of " + length + " octets");
            }
            read(entries.readSlice(length));
        }
    }

    private void read(ByteBuf entry) {
        int type = entry.getUnsignedByte(2);
        GroupId id = new GroupId(entry.getInt(4));
        Optional<Group> group;
        try {
            group = Buckets.read(entry.skipBytes(FIXED_LENGTH)).map(buckets -> new Group(id, buckets));
        } catch (RuntimeException e) {
            group = Optional.empty();
        }
        group.filter(read -> type == TYPE_ALL).ifPresentOrElse(groups::add, () -> foreign.add(id));
    }

    @Override
    public Groups whole() {
        return new Groups(groups, foreign);
    }
}
