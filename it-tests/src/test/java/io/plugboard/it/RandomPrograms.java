package io.plugboard.it;

import io.plugboard.compiler.frame.EtherType;
import io.plugboard.compiler.frame.IpProtocol;
import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowProgram;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.compiler.property.RandomFrames;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.VlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Programs that no compiler would make, of all that the terms allow and a switch takes; and frames to send through them. */
final class RandomPrograms {
    static final int PORTS = 4;

    private static final int GROUPS = 4;
    private static final int MAX_TAGS = 2;
    private static final int TRIED_FLOWS = 150;
    private static final List<MacAddress> MACS =
            List.of(MacAddress.parse("52:54:00:00:00:01"), MacAddress.parse("52:54:00:00:00:02"), MacAddress.BROADCAST);

    private final Random random;

    private RandomPrograms(long seed) {
        random = new Random(seed);
    }

    static Arbitrary<FlowProgram> programs() {
        return Arbitraries.longs().map(seed -> new RandomPrograms(seed).program());
    }

    static Arbitrary<List<RandomFrames.Arriving>> frames(int count) {
        return Arbitraries.longs().map(seed -> {
            RandomPrograms random = new RandomPrograms(seed);
            return Stream.generate(random::arriving).limit(count).toList();
        });
    }

    private RandomFrames.Arriving arriving() {
        return new RandomFrames.Arriving(
                1 + random.nextInt(PORTS),
                oneOf(List.of(RandomFrames.Payload.values()))
                        .frame(oneOf(MACS), oneOf(MACS))
                        .withTags(RandomFrames.tags(random)));
    }

    private FlowProgram program() {
        List<Group> groups = new ArrayList<>();
        for (int id = 1; id <= GROUPS; id++) {
            groups.add(group(id));
        }
        List<Flow> flows = new ArrayList<>();
        for (int count = 0; count < TRIED_FLOWS; count++) {
            Flow flow = flow(oneOf(List.of(Rule.values())));
            if (flows.stream().noneMatch(other -> overlap(flow, other))) {
                flows.add(flow);
            }
        }
        return FlowProgram.of(flows, groups);
    }

    /** Whether a frame could match both at one priority. */
    private static boolean overlap(Flow one, Flow other) {
        if (one.rule().table() != other.rule().table()
                || one.rule().priority() != other.rule().priority()) {
            return false;
        }
        Match match = one.match();
        return match.fields().stream()
                .allMatch(field -> ((match.value(field) ^ other.match().value(field))
                                & match.mask(field)
                                & other.match().mask(field))
                        == 0);
    }

    private Group group(int id) {
        List<List<Action>> buckets = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            List<Action> bucket = new ArrayList<>();
            for (int actions = random.nextInt(4); actions > 0; actions--) {
                bucket.add(action(id + 1, GROUPS + 1));
            }
            buckets.add(bucket);
        }
        return new Group(new GroupId(id), buckets);
    }

    private Flow flow(Rule rule) {
        Match match = match(rule.table());
        AtomicInteger tags = new AtomicInteger((match.value(MatchField.VLAN_VID) & Match.VID_PRESENT) != 0 ? 1 : 0);
        Instructions instructions = Instructions.apply(actions(tags));
        instructions =
                new Instructions(instructions.apply(), List.of(actions(tags)), Optional.empty(), Optional.empty());
        if (random.nextBoolean()) {
            int mask = 1 + random.nextInt(15);
            instructions = instructions.writing(random.nextInt(16) & mask, mask);
        }
        List<FlowTable> next = List.copyOf(rule.table().nextTables());
        if (!next.isEmpty() && random.nextInt(5) > 0) {
            instructions = instructions.andGoTo(oneOf(next));
        }
        return new Flow(rule, new Owner.OfBridge(), match, instructions);
    }

    /** @param tags how many tags the switch knows of by now: it refuses what changes a further one */
    private Action[] actions(AtomicInteger tags) {
        List<Action> actions = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            Action action = action(1, GROUPS);
            int known = tags.get();
            if (action instanceof Action.PushVlan && known < MAX_TAGS) {
                tags.incrementAndGet();
                actions.add(action);
            } else if (action instanceof Action.PopVlan && known > 0) {
                tags.decrementAndGet();
                actions.add(action);
            } else if (action instanceof Action.SetVlan && known > 0
                    || action instanceof Action.Output
                    || action instanceof Action.ToController
                    || action instanceof Action.ToGroup) {
                actions.add(action);
            }
        }
        return actions.toArray(Action[]::new);
    }

    private Action action(int firstGroup, int lastGroup) {
        switch (random.nextInt(8)) {
            case 0:
                return new Action.PushVlan();
            case 1:
                return new Action.PopVlan();
            case 2:
                return new Action.SetVlan(new VlanId(100 + random.nextInt(3)));
            case 3:
                return new Action.ToGroup(new GroupId(firstGroup + random.nextInt(lastGroup - firstGroup + 1)));
            case 4:
                return new Action.ToController();
            default:
                return new Action.Output(1 + random.nextInt(PORTS));
        }
    }

    private Match match(FlowTable table) {
        Match match = Match.any();
        for (MatchField field : table.matchFields()) {
            if (random.nextInt(4) == 0) {
                match = matching(match, field);
            }
        }
        return match;
    }

    private Match matching(Match match, MatchField field) {
        switch (field) {
            case METADATA:
                int mask = 1 + random.nextInt(15);
                return match.with(field, random.nextInt(16) & mask, mask);
            case IN_PORT:
                return match.inPort(1 + random.nextInt(PORTS));
            case ETH_DST:
                return random.nextBoolean() ? match.ethDst(oneOf(MACS)) : match.with(field, 1L << 40, 1L << 40);
            case ETH_SRC:
                return match.ethSrc(oneOf(MACS));
            case ETH_TYPE:
                return match.ethType(oneOf(List.of(
                        EtherType.IPV4, EtherType.IPV6, EtherType.ARP, EtherType.VLAN, EtherType.SERVICE_VLAN)));
            case VLAN_VID:
                return oneOf(
                        List.of(match.untagged(), match.tagged(), match.priorityTagged(), match.vlan(new VlanId(100))));
            case IP_PROTO:
                return match.ethType(EtherType.IPV4).with(field, oneOf(List.of(IpProtocol.IGMP, IpProtocol.UDP)));
            case ICMPV6_TYPE:
                return match.ethType(EtherType.IPV6)
                        .with(MatchField.IP_PROTO, IpProtocol.ICMPV6)
                        .with(field, oneOf(List.of(130, 135, 143)));
        }
        throw new AssertionError(field);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
