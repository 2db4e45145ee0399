package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of actions (OpenFlow 1.3.5, 7.2.5). */
final class Actions {
    private static final int OUTPUT = 0;
    private static final int PUSH_VLAN = 17;
    private static final int POP_VLAN = 18;
    private static final int GROUP = 22;
    private static final int SET_FIELD = 25;

    /** What an output takes. */
    static final int OUTPUT_LENGTH = 16;

    private static final int HEADER_LENGTH = 4;
    private static final int VLAN_TPID = 0x8100;

    /** OFPCML_NO_BUFFER: a frame that is sent to the controller is sent whole. */
    private static final int WHOLE_FRAME = 0xffff;

    private Actions() {}

    static void write(List<Action> actions, ByteBuf out) {
        for (Action action : actions) {
            write(action, out);
        }
    }

    private static void write(Action action, ByteBuf out) {
        if (action instanceof Action.Output output) {
            output(output.port(), out);
        } else if (action instanceof Action.ToController) {
            output(OpenFlow13.CONTROLLER, out);
        } else if (action instanceof Action.ToGroup toGroup) {
            header(GROUP, 8, out);
            out.writeInt(toGroup.group().bits());
        } else if (action instanceof Action.PushVlan) {
            header(PUSH_VLAN, 8, out);
            out.writeShort(VLAN_TPID);
            out.writeZero(2);
        } else if (action instanceof Action.PopVlan) {
            header(POP_VLAN, 8, out);
            out.writeZero(4);
        } else if (action instanceof Action.SetVlan set) {
            header(SET_FIELD, 16, out);
            Oxm.write(MatchField.VLAN_VID, set.vlan().value() | Match.VID_PRESENT, out);
            out.writeZero(6);
        } else {
            throw new AssertionError(action);
        }
    }

    private static void output(int port, ByteBuf out) {
        header(OUTPUT, OUTPUT_LENGTH, out);
        out.writeInt(port);
        out.writeShort(WHOLE_FRAME);
        out.writeZero(6);
    }

    private static void header(int type, int length, ByteBuf out) {
        out.writeShort(type);
        out.writeShort(length);
    }

    /** Reads to the end of the buffer; empty when there is an action that {@link Action} has no word for. */
    static Optional<List<Action>> read(ByteBuf in) {
        List<Action> actions = new ArrayList<>(2);
        while (in.isReadable()) {
            int type = in.readUnsignedShort();
            ByteBuf content = in.readSlice(in.readUnsignedShort() - HEADER_LENGTH);
            Optional<Action> action = read(type, content);
            if (action.isEmpty()) {
                return Optional.empty();
            }
            actions.add(action.get());
        }
        return Optional.of(actions);
    }

    private static Optional<Action> read(int type, ByteBuf content) {
        switch (type) {
            case OUTPUT:
                return output(content.readInt(), content.readUnsignedShort());
            case GROUP:
                return Optional.of(new Action.ToGroup(new GroupId(content.readInt())));
            case PUSH_VLAN:
                return content.readUnsignedShort() == VLAN_TPID ? Optional.of(new Action.PushVlan()) : Optional.empty();
            case POP_VLAN:
                return Optional.of(new Action.PopVlan());
            case SET_FIELD:
                return setVlan(content);
            default:
                return Optional.empty();
        }
    }

    /** @param octets of a frame, at most, that are sent to the controller; without meaning for any other port */
    private static Optional<Action> output(int port, int octets) {
        if (port != OpenFlow13.CONTROLLER) {
            return Optional.of(new Action.Output(port));
        }
        return octets == WHOLE_FRAME ? Optional.of(new Action.ToController()) : Optional.empty();
    }

    private static Optional<Action> setVlan(ByteBuf content) {
        return Oxm.readExact(MatchField.VLAN_VID, content)
                .filter(vid -> (vid & Match.VID_PRESENT) != 0)
                .map(vid -> (int) (vid & ~Match.VID_PRESENT))
                .filter(vid -> vid > 0 && vid <= VlanId.MAX)
                .map(vid -> new Action.SetVlan(new VlanId(vid)));
    }
}
