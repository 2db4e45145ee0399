package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.controller.reconcile.SwitchCommand;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFMetadata;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFValueType;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;
import org.projectfloodlight.openflow.types.U8;

/** The same messages by OpenFlowJ: the oracle for what is written and read by hand. */
final class OpenFlowJ {
    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

    private OpenFlowJ() {}

    static byte[] encode(SwitchCommand command, int xid) {
        return octets(message(command, Integer.toUnsignedLong(xid)));
    }

    private static OFMessage message(SwitchCommand command, long xid) {
        if (command instanceof SwitchCommand.PutFlow put) {
            return flowMod(FACTORY.buildFlowAdd(), put.flow().key())
                    .setXid(xid)
                    .setCookie(U64.of(put.flow().cookie().bits()))
                    .setInstructions(instructions(put.flow().instructions()))
                    .build();
        } else if (command instanceof SwitchCommand.DeleteFlow delete) {
            return flowMod(FACTORY.buildFlowDeleteStrict(), delete.key())
                    .setXid(xid)
                    .build();
        } else if (command instanceof SwitchCommand.AddGroup add) {
            return groupMod(FACTORY.buildGroupAdd(), add.group()).setXid(xid).build();
        } else if (command instanceof SwitchCommand.ModifyGroup modify) {
            return groupMod(FACTORY.buildGroupModify(), modify.group())
                    .setXid(xid)
                    .build();
        } else if (command instanceof SwitchCommand.DeleteGroup delete) {
            return groupMod(FACTORY.buildGroupDelete(), new Group(delete.id(), List.of()))
                    .setXid(xid)
                    .build();
        }
        throw new AssertionError(command);
    }

    private static OFFlowMod.Builder flowMod(OFFlowMod.Builder builder, FlowKey key) {
        return builder.setTableId(TableId.of(key.table()))
                .setPriority(key.priority())
                .setBufferId(OFBufferId.NO_BUFFER)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .setMatch(match(key.match()));
    }

    private static OFGroupMod.Builder groupMod(OFGroupMod.Builder builder, Group group) {
        return builder.setGroupType(OFGroupType.ALL)
                .setGroup(OFGroup.of(group.id().bits()))
                .setBuckets(buckets(group));
    }

    /** A reply to OFPMP_FLOW with these flows, as its body behind the multipart header would be. */
    static Frame flowReply(List<InstalledFlow> flows) {
        return frame(FACTORY.buildFlowStatsReply()
                .setEntries(flows.stream()
                        .map(flow -> FACTORY.buildFlowStatsEntry()
                                .setTableId(TableId.of(flow.key().table()))
                                .setPriority(flow.key().priority())
                                .setDurationSec(7)
                                .setCookie(U64.of(flow.cookie()))
                                .setPacketCount(U64.of(flow.packets()))
                                .setByteCount(U64.of(flow.bytes()))
                                .setMatch(match(flow.key().match()))
                                .setInstructions(instructions(flow.instructions()))
                                .build())
                        .toList())
                .build());
    }

    /** A reply to OFPMP_GROUP_DESC with these groups. */
    static Frame groupReply(List<Group> groups) {
        return frame(FACTORY.buildGroupDescStatsReply()
                .setEntries(groups.stream()
                        .map(group -> FACTORY.buildGroupDescStatsEntry()
                                .setGroupType(OFGroupType.ALL)
                                .setGroup(OFGroup.of(group.id().bits()))
                                .setBuckets(buckets(group))
                                .build())
                        .toList())
                .build());
    }

    static Frame frame(OFMessage message) {
        return new Frame(Unpooled.wrappedBuffer(octets(message)));
    }

    private static byte[] octets(OFMessage message) {
        ByteBuf out = Unpooled.buffer();
        message.writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    private static List<OFBucket> buckets(Group group) {
        return group.buckets().stream()
                .map(actions -> FACTORY.buildBucket()
                        .setWatchPort(OFPort.ANY)
                        .setWatchGroup(OFGroup.ANY)
                        .setActions(actions(actions))
                        .build())
                .toList();
    }

    private static List<OFInstruction> instructions(Instructions instructions) {
        List<OFInstruction> list = new ArrayList<>();
        if (!instructions.apply().isEmpty()) {
            list.add(FACTORY.instructions().applyActions(actions(instructions.apply())));
        }
        if (!instructions.write().isEmpty()) {
            list.add(FACTORY.instructions().writeActions(actions(instructions.write())));
        }
        instructions
                .metadata()
                .ifPresent(write ->
                        list.add(FACTORY.instructions().writeMetadata(U64.of(write.value()), U64.of(write.mask()))));
        instructions.goTo().ifPresent(table -> list.add(FACTORY.instructions().gotoTable(TableId.of(table.id()))));
        return list;
    }

    private static List<OFAction> actions(List<Action> actions) {
        return actions.stream().map(OpenFlowJ::action).toList();
    }

    static OFAction action(Action action) {
        if (action instanceof Action.Output output) {
            return FACTORY.actions()
                    .buildOutput()
                    .setPort(OFPort.of(output.port()))
                    .setMaxLen(0xffff)
                    .build();
        } else if (action instanceof Action.ToController) {
            return FACTORY.actions()
                    .buildOutput()
                    .setPort(OFPort.CONTROLLER)
                    .setMaxLen(0xffff)
                    .build();
        } else if (action instanceof Action.ToGroup toGroup) {
            GroupId group = toGroup.group();
            return FACTORY.actions()
                    .buildGroup()
                    .setGroup(OFGroup.of(group.bits()))
                    .build();
        } else if (action instanceof Action.PushVlan) {
            return FACTORY.actions().pushVlan(EthType.of(0x8100));
        } else if (action instanceof Action.PopVlan) {
            return FACTORY.actions().popVlan();
        } else if (action instanceof Action.SetVlan set) {
            return FACTORY.actions()
                    .setField(FACTORY.oxms()
                            .vlanVid(OFVlanVidMatch.ofVlan(set.vlan().value())));
        }
        throw new AssertionError(action);
    }

    private static Match match(io.plugboard.compiler.ir.Match match) {
        Match.Builder builder = FACTORY.buildMatch();
        for (MatchField field : match.fields()) {
            long value = match.value(field);
            long mask = match.mask(field);
            switch (field) {
                case METADATA:
                    set(
                            builder,
                            org.projectfloodlight.openflow.protocol.match.MatchField.METADATA,
                            OFMetadata.ofRaw(value),
                            OFMetadata.ofRaw(mask),
                            match.isExact(field));
                    break;
                case IN_PORT:
                    builder.setExact(
                            org.projectfloodlight.openflow.protocol.match.MatchField.IN_PORT, OFPort.of((int) value));
                    break;
                case ETH_DST:
                    set(
                            builder,
                            org.projectfloodlight.openflow.protocol.match.MatchField.ETH_DST,
                            MacAddress.of(value),
                            MacAddress.of(mask),
                            match.isExact(field));
                    break;
                case ETH_SRC:
                    set(
                            builder,
                            org.projectfloodlight.openflow.protocol.match.MatchField.ETH_SRC,
                            MacAddress.of(value),
                            MacAddress.of(mask),
                            match.isExact(field));
                    break;
                case ETH_TYPE:
                    builder.setExact(
                            org.projectfloodlight.openflow.protocol.match.MatchField.ETH_TYPE, EthType.of((int) value));
                    break;
                case VLAN_VID:
                    set(
                            builder,
                            org.projectfloodlight.openflow.protocol.match.MatchField.VLAN_VID,
                            OFVlanVidMatch.ofRawVid((short) value),
                            OFVlanVidMatch.ofRawVid((short) mask),
                            match.isExact(field));
                    break;
                case IP_PROTO:
                    builder.setExact(
                            org.projectfloodlight.openflow.protocol.match.MatchField.IP_PROTO,
                            IpProtocol.of((short) value));
                    break;
                case ICMPV6_TYPE:
                    builder.setExact(
                            org.projectfloodlight.openflow.protocol.match.MatchField.ICMPV6_TYPE, U8.of((short) value));
                    break;
            }
        }
        return builder.build();
    }

    private static <F extends OFValueType<F>> void set(
            Match.Builder builder,
            org.projectfloodlight.openflow.protocol.match.MatchField<F> field,
            F value,
            F mask,
            boolean exact) {
        if (exact) {
            builder.setExact(field, value);
        } else {
            builder.setMasked(field, value, mask);
        }
    }
}
