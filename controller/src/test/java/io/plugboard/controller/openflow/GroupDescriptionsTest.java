package io.plugboard.controller.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;

@Domain(RandomCommands.class)
class GroupDescriptionsTest {
    private static final int TYPE_OF_FIRST = 16 + 2;

    private final GroupDescriptions descriptions = new GroupDescriptions();

    @Property
    void readsWhatWasInstalled(@ForAll @Size(max = 20) List<Group> groups) {
        GroupDescriptions read = new GroupDescriptions();

        read.read(OpenFlowJ.groupReply(groups));

        assertThat(read.whole().groups()).isEqualTo(groups);
        assertThat(read.whole().foreign()).isEmpty();
    }

    @Example
    void reportsGroupOfAnotherTypeAsForeign() {
        Group select = new Group(new GroupId(1), List.of(List.of(new Action.Output(1))));
        Group all = new Group(new GroupId(2), List.of());
        ByteBuf reply = OpenFlowJ.groupReply(List.of(select, all)).bytes();
        reply.setByte(TYPE_OF_FIRST, 1);

        descriptions.read(new Frame(reply));

        assertThat(descriptions.whole().groups()).containsExactly(all);
        assertThat(descriptions.whole().foreign()).containsExactly(select.id());
    }
}
