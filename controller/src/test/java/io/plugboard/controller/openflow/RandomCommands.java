package io.plugboard.controller.openflow;

import io.plugboard.compiler.ir.Action;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowKey;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import io.plugboard.compiler.ir.Instructions;
import io.plugboard.compiler.ir.Match;
import io.plugboard.compiler.ir.MatchField;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.Rule;
import io.plugboard.controller.reconcile.InstalledFlow;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Flows and groups with every variant of matches, instructions and actions, whether or not they make sense. */
final class RandomCommands extends DomainContextBase {
    /** Those whose OXM may have a mask (OpenFlow 1.3.5, table 12). */
    private static final Set<MatchField> MASKABLE =
            EnumSet.of(MatchField.METADATA, MatchField.ETH_DST, MatchField.ETH_SRC, MatchField.VLAN_VID);

    /** OFPP_MAX and OFPG_MAX. */
    private static final long MAX_NUMBER = 0xffffff00L;

    @Provide
    Arbitrary<Flow> flows() {
        return Arbitraries.of(Rule.class)
                .flatMap(rule -> Combinators.combine(
                                owners(),
                                matches(rule.table().matchFields()),
                                instructions(rule.table().nextTables()))
                        .as((owner, match, instructions) -> new Flow(rule, owner, match, instructions)));
    }

    /** Not only what the pipeline allows: somebody else's flows are read back too. */
    @Provide
    Arbitrary<InstalledFlow> installedFlows() {
        Arbitrary<FlowKey> keys = Combinators.combine(
                        Arbitraries.integers().between(0, 254),
                        Arbitraries.integers().between(0, 0xffff),
                        matches(EnumSet.allOf(MatchField.class)))
                .as(FlowKey::new);
        return Combinators.combine(
                        keys,
                        Arbitraries.longs(),
                        instructions(EnumSet.allOf(FlowTable.class)),
                        Arbitraries.longs(),
                        Arbitraries.longs())
                .as(InstalledFlow::new);
    }

    @Provide
    Arbitrary<Group> groups() {
        return Combinators.combine(groupIds(), actions().list().ofMaxSize(8)).as(Group::new);
    }

    private static Arbitrary<Match> matches(Set<MatchField> fieldsOfTable) {
        return Arbitraries.of(fieldsOfTable).set().flatMap(fields -> {
            Arbitrary<Match> match = Arbitraries.just(Match.any());
            for (MatchField field : fields) {
                match = Combinators.combine(match, values(field), Arbitraries.longs(), Arbitraries.of(true, false))
                        .as((others, value, mask, masked) -> with(others, field, value, masked ? mask : -1));
            }
            return match;
        });
    }

    /** Less what OpenFlowJ refuses to say. */
    private static Arbitrary<Long> values(MatchField field) {
        switch (field) {
            case IN_PORT:
                return ports().map(Integer::toUnsignedLong);
            case IP_PROTO:
                return Arbitraries.longs().between(0, 254);
            default:
                return Arbitraries.longs();
        }
    }

    private static Match with(Match others, MatchField field, long value, long mask) {
        long bits = field.allBits();
        boolean masked = MASKABLE.contains(field) && (mask & bits) != 0;
        return others.with(field, value & bits, masked ? mask & bits : bits);
    }

    private static Arbitrary<Owner> owners() {
        return Arbitraries.of(
                new Owner.OfBridge(),
                new Owner.OfUplink(new UplinkPin(3)),
                new Owner.OfSegment(new VlanId(100)),
                new Owner.OfVnic(70_000));
    }

    private static Arbitrary<Instructions> instructions(Set<FlowTable> nextTables) {
        Arbitrary<Optional<FlowTable>> goTo = nextTables.isEmpty()
                ? Arbitraries.just(Optional.empty())
                : Arbitraries.of(nextTables).optional();
        Arbitrary<Instructions.MetadataWrite> metadata = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((value, mask) -> new Instructions.MetadataWrite(value & mask, mask));
        return Combinators.combine(actions(), actions(), metadata.optional(), goTo)
                .as(Instructions::new);
    }

    private static Arbitrary<List<Action>> actions() {
        return Arbitraries.oneOf(
                        ports().map(Action.Output::new),
                        groupIds().map(Action.ToGroup::new),
                        Arbitraries.just(new Action.ToController()),
                        Arbitraries.just(new Action.PushVlan()),
                        Arbitraries.just(new Action.PopVlan()),
                        Arbitraries.integers().between(1, VlanId.MAX).map(id -> new Action.SetVlan(new VlanId(id))))
                .map(Action.class::cast)
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<GroupId> groupIds() {
        return Arbitraries.longs().between(0, MAX_NUMBER).map(Long::intValue).map(GroupId::new);
    }

    private static Arbitrary<Integer> ports() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, MAX_NUMBER).map(Long::intValue), Arbitraries.just(PortRef.LOCAL));
    }
}
