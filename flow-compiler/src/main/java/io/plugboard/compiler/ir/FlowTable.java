package io.plugboard.compiler.ir;

import static io.plugboard.compiler.ir.MatchField.ETH_DST;
import static io.plugboard.compiler.ir.MatchField.ETH_SRC;
import static io.plugboard.compiler.ir.MatchField.ETH_TYPE;
import static io.plugboard.compiler.ir.MatchField.ICMPV6_TYPE;
import static io.plugboard.compiler.ir.MatchField.IN_PORT;
import static io.plugboard.compiler.ir.MatchField.IP_PROTO;
import static io.plugboard.compiler.ir.MatchField.METADATA;
import static io.plugboard.compiler.ir.MatchField.VLAN_VID;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The pipeline: the map of the data plane. A frame enters at {@link #PORT} and only ever goes down. Inside the pipeline a
 * frame of a VLAN carries that VLAN's tag, one of the untagged segment none.
 *
 * <p>Every flow is checked against what its table declares here; what a table does with a frame that no flow of a feature
 * matches is itself a flow, for OVS sends each frame that misses implicitly through its slow path.
 */
public enum FlowTable {
    PORT("Where does the frame come from, and in which VLAN?", EnumSet.of(IN_PORT, VLAN_VID), Miss.DROP),
    SEGMENT(
            "Is it tagged as its segment asks, and no deeper?",
            EnumSet.of(METADATA, VLAN_VID, ETH_TYPE),
            Miss.CONTINUE),
    GUARD(
            "May this sender use this source address?",
            EnumSet.of(IN_PORT, METADATA, VLAN_VID, ETH_SRC, ETH_DST),
            Miss.DROP),
    FORWARD(
            "Who is the destination?",
            EnumSet.of(IN_PORT, METADATA, VLAN_VID, ETH_DST, ETH_TYPE, IP_PROTO, ICMPV6_TYPE),
            Miss.CONTINUE),
    ADDRESS("Which vNICs without a trunk share this address, or listen to it?", floodFields(), Miss.CONTINUE),
    ADDRESS_TRUNK("Which vNICs with a trunk share this address, or listen to it?", floodFields(), Miss.CONTINUE),
    FLOOD("Which vNICs without a trunk get a copy of every such frame?", floodFields(), Miss.CONTINUE),
    FLOOD_TRUNK("Which vNICs with a trunk get a copy of every such frame?", floodFields(), Miss.CONTINUE),
    UPLINK("Which uplink does the sender use?", EnumSet.of(METADATA), Miss.CONTINUE),
    MIRROR("Which promiscuous vNICs without a trunk see it?", floodFields(), Miss.CONTINUE),
    MIRROR_TRUNK("Which promiscuous vNICs with a trunk see it?", floodFields(), Miss.DROP);

    /** What becomes of a frame that no flow of a feature matches. */
    public enum Miss {
        DROP,
        /** It goes on: from FORWARD to UPLINK, from elsewhere to the next table. */
        CONTINUE
    }

    private final String purpose;
    private final Set<MatchField> matchFields;
    private final Miss miss;

    FlowTable(String purpose, Set<MatchField> matchFields, Miss miss) {
        this.purpose = purpose;
        this.matchFields = matchFields;
        this.miss = miss;
    }

    private static Set<MatchField> floodFields() {
        return EnumSet.of(METADATA, VLAN_VID, ETH_DST);
    }

    /** The OpenFlow table id. */
    public int id() {
        return ordinal();
    }

    /** The table with this id, unless the pipeline does not use it. */
    public static Optional<FlowTable> of(int id) {
        return Arrays.stream(values()).filter(table -> table.id() == id).findAny();
    }

    /** The question that this table answers about a frame. */
    public String purpose() {
        return purpose;
    }

    /** The only fields that a flow of this table matches. */
    public Set<MatchField> matchFields() {
        return EnumSet.copyOf(matchFields);
    }

    public Miss miss() {
        return miss;
    }

    /** The tables that a flow of this one may go to. */
    public Set<FlowTable> nextTables() {
        switch (this) {
            case PORT:
                return EnumSet.of(SEGMENT);
            case SEGMENT:
                return EnumSet.of(GUARD);
            case GUARD:
                return EnumSet.of(FORWARD);
            case FORWARD:
                return EnumSet.of(ADDRESS, FLOOD, UPLINK, MIRROR);
            case ADDRESS:
                return EnumSet.of(ADDRESS_TRUNK);
            case ADDRESS_TRUNK:
                return EnumSet.of(FLOOD);
            case FLOOD:
                return EnumSet.of(FLOOD_TRUNK);
            case FLOOD_TRUNK:
                return EnumSet.of(UPLINK);
            case UPLINK:
                return EnumSet.of(MIRROR);
            case MIRROR:
                return EnumSet.of(MIRROR_TRUNK);
            case MIRROR_TRUNK:
                return EnumSet.noneOf(FlowTable.class);
        }
        throw new AssertionError(this);
    }

    /** Where a missed frame goes on, if it does. */
    public Optional<FlowTable> missGoesTo() {
        if (miss == Miss.DROP) {
            return Optional.empty();
        }
        return Optional.of(this == FORWARD ? UPLINK : values()[ordinal() + 1]);
    }
}
