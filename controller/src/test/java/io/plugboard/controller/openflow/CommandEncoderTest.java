package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.Group;
import io.plugboard.controller.reconcile.Installed.ForeignFlow;
import io.plugboard.controller.reconcile.SwitchCommand;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Octet for octet what OpenFlowJ writes. */
@Domain(RandomCommands.class)
class CommandEncoderTest {
    private static final int XID = 0x89abcdef;
    private static final int MATCH = 48;

    @Property
    void putsFlow(@ForAll Flow flow) {
        assertEncoded(new SwitchCommand.PutFlow(flow));
    }

    @Property
    void deletesFlow(@ForAll Flow flow) {
        assertEncoded(new SwitchCommand.DeleteFlow(flow.key()));
    }

    @Property
    void deletesForeignFlowByTheOctetsOfItsMatch(@ForAll Flow flow) {
        ByteBuf byKey = Unpooled.buffer();
        CommandEncoder.encode(new SwitchCommand.DeleteFlow(flow.key()), XID, byKey);
        int matchLength = byKey.getUnsignedShort(MATCH + 2);
        ForeignFlow foreign = new ForeignFlow(
                flow.key().table(), flow.key().priority(), ByteBufUtil.hexDump(byKey, MATCH, matchLength), 1, "");

        ByteBuf byOctets = Unpooled.buffer();
        CommandEncoder.encode(new SwitchCommand.DeleteForeignFlow(foreign), XID, byOctets);

        assertThat(byOctets).isEqualTo(byKey);
    }

    @Property
    void addsModifiesAndDeletesGroup(@ForAll Group group) {
        assertEncoded(new SwitchCommand.AddGroup(group));
        assertEncoded(new SwitchCommand.ModifyGroup(group));
        assertEncoded(new SwitchCommand.DeleteGroup(group.id()));
    }

    private static void assertEncoded(SwitchCommand command) {
        ByteBuf out = Unpooled.buffer().writeByte(0x77);

        CommandEncoder.encode(command, XID, out);

        assertThat(ByteBufUtil.hexDump(out.skipBytes(1)))
                .isEqualTo(ByteBufUtil.hexDump(OpenFlowJ.encode(command, XID)));
    }
}
