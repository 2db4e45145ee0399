package io.plugboard.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowDeltaTest {
    private static final Flow KEPT = flow(1, Instructions.DROP);
    private static final Flow GONE = flow(2, Instructions.DROP);
    private static final Flow OLD = flow(3, Instructions.DROP);
    private static final Flow NEW = flow(3, Instructions.goTo(FlowTable.SEGMENT));
    private static final Flow ADDED = flow(4, Instructions.DROP);

    @Test
    void tellsWhatIsAddedModifiedAndDeleted() {
        FlowProgram before = FlowProgram.of(List.of(KEPT, GONE, OLD), List.of(group(1, 1), group(2, 1), group(3, 1)));
        FlowProgram after = FlowProgram.of(List.of(KEPT, NEW, ADDED), List.of(group(1, 1), group(3, 2), group(4, 1)));

        FlowDelta delta = FlowDelta.between(before, after);

        assertThat(delta)
                .isEqualTo(new FlowDelta(
                        List.of(group(4, 1)),
                        List.of(group(3, 2)),
                        List.of(ADDED),
                        List.of(NEW),
                        List.of(),
                        List.of(GONE.key()),
                        List.of(new GroupId(2))));
        assertThat(delta.size()).isEqualTo(6);
        assertThat(delta.isEmpty()).isFalse();
    }

    @Test
    void renewsEveryFlowOfAnOwnerThatStandsForSomebodyElse() {
        FlowProgram program = FlowProgram.of(List.of(NEW), List.of());
        FlowDelta delta = FlowDelta.between(program, program, Set.of(NEW.owner()));
        assertThat(delta.flowsToRenew()).containsExactly(NEW);
        assertThat(delta.size()).isEqualTo(1);
    }

    @Test
    void isNothingBetweenEqualPrograms() {
        FlowProgram program = FlowProgram.of(List.of(KEPT), List.of(group(1, 1)));

        assertThat(FlowDelta.between(program, program)).isEqualTo(FlowDelta.NOTHING);
        assertThat(FlowDelta.NOTHING.isEmpty()).isTrue();
    }

    private static Flow flow(int port, Instructions instructions) {
        return new Flow(
                Rule.PORT_VNIC_UNTAGGED, new Owner.OfVnic(0), Match.any().inPort(port), instructions);
    }

    private static Group group(int id, int port) {
        return new Group(new GroupId(id), List.of(List.of(new Action.Output(port))));
    }
}
