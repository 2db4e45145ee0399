package io.plugboard.topology;

import io.plugboard.topology.EffectiveVnic.Standing;
import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePSet;

/**
 * Who is plugged in where on one bridge, and to what effect: indexes over its attachments, derived from them and never
 * stored, but for the numbers of its addresses. A change costs the logarithm of the number of vNICs; one that makes other
 * VLAN classes costs the number of trunks.
 */
public final class Switchboard {
    /** So many consecutive slots share one link of a flood group: OVS runs at most 64 groups one after the other. */
    public static final int SLOTS_PER_LINK = 64;

    /** So many addresses can be shared or listened to on one bridge: what the group ids of the pipeline have room for. */
    public static final int MAX_ADDRESSES = 1 << 13;

    static final Switchboard EMPTY = new Switchboard(
            Numbering.empty(),
            TreePSet.empty(),
            TreePSet.empty(),
            VlanClasses.NONE,
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            Memberships.NONE);

    private final Numbering<EffectiveVnic> slots;
    private final TreePSet<Integer> departing;
    private final TreePSet<Integer> trunkSlots;
    private final VlanClasses classes;
    private final PMap<MacAddress, TreePSet<Integer>> initialMacs;
    private final PMap<MacAddress, TreePSet<Integer>> claims;
    private final PMap<PortRef, VnicId> ports;
    private final PMap<UplinkPin, Integer> pinned;
    private final Memberships memberships;

    private Switchboard(
            Numbering<EffectiveVnic> slots,
            TreePSet<Integer> departing,
            TreePSet<Integer> trunkSlots,
            VlanClasses classes,
            PMap<MacAddress, TreePSet<Integer>> initialMacs,
            PMap<MacAddress, TreePSet<Integer>> claims,
            PMap<PortRef, VnicId> ports,
            PMap<UplinkPin, Integer> pinned,
            Memberships memberships) {
        this.slots = slots;
        this.departing = departing;
        this.trunkSlots = trunkSlots;
        this.classes = classes;
        this.initialMacs = initialMacs;
        this.claims = claims;
        this.ports = ports;
        this.pinned = pinned;
        this.memberships = memberships;
    }

    public int size() {
        return slots.byNumber().size();
    }

    /** In the order of their slots. */
    public Collection<EffectiveVnic> vnics() {
        return slots.byNumber().values();
    }

    /** The slots that are taken, ascending. */
    public Set<Integer> slots() {
        return slots.byNumber().keySet();
    }

    /** The vNICs whose slots are in this link, by slot. */
    public SortedMap<Integer, EffectiveVnic> slotsOfLink(int link) {
        return slots.byNumber().subMap(link * SLOTS_PER_LINK, (link + 1) * SLOTS_PER_LINK);
    }

    public Optional<EffectiveVnic> atSlot(int slot) {
        return slots.at(slot);
    }

    public Optional<VnicId> atPort(PortRef port) {
        return Optional.ofNullable(ports.get(port));
    }

    /** The vNICs that have left this bridge and whose seats here are not closed yet, as they sit in them. */
    List<Attachment> departing() {
        return departing.stream()
                .flatMap(slot -> slots.at(slot).stream())
                .map(EffectiveVnic::attachment)
                .toList();
    }

    /** The slots of the vNICs with a trunk, ascending. */
    public SortedSet<Integer> trunkSlots() {
        return trunkSlots;
    }

    public VlanClasses classes() {
        return classes;
    }

    /** The scopes whose frames this vNIC of the bridge gets: one without a trunk, else one for each class of the trunk. */
    public List<Scope> scopesOf(EffectiveVnic vnic) {
        return scopes(vnic, classes);
    }

    private static List<Scope> scopes(EffectiveVnic vnic, VlanClasses classes) {
        return vnic.vlan() instanceof VlanMode.Trunk trunk
                ? classes.of(trunk.vlans()).stream()
                        .<Scope>map(Scope.OfClass::new)
                        .toList()
                : List.of(new Scope.OfVlan(vnic.vlans().first()));
    }

    /** The sets of this scope that have members. */
    public List<MemberSet> sets(Scope scope) {
        return memberships.sets(scope);
    }

    /** Every set that has members. */
    public Set<MemberSet> sets() {
        return memberships.links().keySet();
    }

    /** Every set that this vNIC of the bridge is one of. */
    public List<MemberSet> setsOf(EffectiveVnic vnic) {
        return memberships.setsOf(vnic, scopesOf(vnic));
    }

    /** The links in which this set has members, ascending. */
    public SortedSet<Integer> linksOf(MemberSet set) {
        return memberships.linksOf(set);
    }

    /** Whether this vNIC of the bridge is one of the set. */
    public boolean isMember(EffectiveVnic vnic, MemberSet set) {
        if (!vnic.pin().equals(set.pin())) {
            return false;
        }
        return set.scope() instanceof Scope.OfAddress numbered
                ? address(numbered.number())
                        .filter(address -> isWithin(vnic, address.within()) && vnic.holds(address.mac()))
                        .isPresent()
                : isWithin(vnic, set.scope()) && vnic.kinds().contains(set.kind());
    }

    private static boolean isWithin(EffectiveVnic vnic, Scope scope) {
        if (vnic.vlan() instanceof VlanMode.Trunk trunk) {
            return scope instanceof Scope.OfClass ofClass && trunk.vlans().contains(ofClass.first());
        }
        return scope instanceof Scope.OfVlan ofVlan && vnic.vlans().first().equals(ofVlan.vlan());
    }

    /** The addresses that vNICs share or listen to, by number. */
    public SortedMap<Integer, SharedAddress> addresses() {
        return addressBook().byNumber().byNumber();
    }

    public Optional<SharedAddress> address(int number) {
        return addressBook().byNumber().at(number);
    }

    boolean hasTooManyAddresses() {
        return !addresses().isEmpty() && addresses().lastKey() >= MAX_ADDRESSES;
    }

    AddressBook addressBook() {
        return memberships.addresses();
    }

    /** The vNICs whose initial MAC this is, in one of these VLANs: several only while one of them migrates. */
    Stream<EffectiveVnic> ownersOf(MacAddress mac, VlanSet vlans) {
        return among(initialMacs, mac, vlans);
    }

    /** The vNICs of the bridge that this one's initial MAC matters to: they use it, or would. */
    public List<EffectiveVnic> rivalsOf(EffectiveVnic vnic) {
        return claimants(vnic.initialMac(), vnic.vlans()).toList();
    }

    /** The vNICs that use this address beside their initial ones, in one of these VLANs. */
    Stream<EffectiveVnic> claimants(MacAddress mac, VlanSet vlans) {
        return among(claims, mac, vlans);
    }

    private Stream<EffectiveVnic> among(PMap<MacAddress, TreePSet<Integer>> index, MacAddress mac, VlanSet vlans) {
        TreePSet<Integer> found = index.getOrDefault(mac, TreePSet.empty());
        return found.stream()
                .flatMap(slot -> slots.at(slot).stream())
                .filter(vnic -> vnic.vlans().intersects(vlans));
    }

    int pinnedTo(UplinkPin pin) {
        return pinned.getOrDefault(pin, 0);
    }

    int smallestFreeSlot() {
        return slots.smallestFree(slot -> false);
    }

    /** @param before what numbers addresses had before the transaction that this is part of */
    Switchboard with(EffectiveVnic vnic, AddressBook before) {
        boolean isTrunk = vnic.vlan() instanceof VlanMode.Trunk;
        Switchboard ready = isTrunk ? reclassed(classes.with(vnic.vlans()), before) : this;
        PMap<MacAddress, TreePSet<Integer>> allClaims = claims;
        for (MacAddress mac : vnic.claims()) {
            allClaims = plus(allClaims, mac, vnic.slot());
        }
        return new Switchboard(
                slots.with(vnic.slot(), vnic),
                vnic.standing() == Standing.DEPARTING ? departing.plus(vnic.slot()) : departing,
                isTrunk ? trunkSlots.plus(vnic.slot()) : trunkSlots,
                ready.classes,
                plus(initialMacs, vnic.initialMac(), vnic.slot()),
                allClaims,
                ports.plus(vnic.attachment().place().port(), vnic.id()),
                pinned.plus(vnic.pin(), pinnedTo(vnic.pin()) + 1),
                ready.memberships.with(vnic, ready.scopesOf(vnic), before));
    }

    /** @param vnic as it was plugged in */
    Switchboard without(EffectiveVnic vnic, AddressBook before) {
        PMap<MacAddress, TreePSet<Integer>> otherClaims = claims;
        for (MacAddress mac : vnic.claims()) {
            otherClaims = minus(otherClaims, mac, vnic.slot());
        }
        Switchboard others = new Switchboard(
                slots.without(vnic.slot()),
                departing.minus(vnic.slot()),
                trunkSlots.minus(vnic.slot()),
                classes,
                minus(initialMacs, vnic.initialMac(), vnic.slot()),
                otherClaims,
                ports.minus(vnic.attachment().place().port()),
                pinnedTo(vnic.pin()) == 1
                        ? pinned.minus(vnic.pin())
                        : pinned.plus(vnic.pin(), pinnedTo(vnic.pin()) - 1),
                memberships.without(vnic, scopesOf(vnic)));
        return vnic.vlan() instanceof VlanMode.Trunk ? others.reclassed(classes.without(vnic.vlans()), before) : others;
    }

    /** With these classes; where they are others, the vNICs with a trunk join their sets anew. */
    private Switchboard reclassed(VlanClasses others, AddressBook before) {
        Memberships regrouped = memberships;
        if (!others.hasSameClasses(classes)) {
            List<EffectiveVnic> trunks =
                    trunkSlots.stream().flatMap(slot -> slots.at(slot).stream()).toList();
            for (EffectiveVnic vnic : trunks) {
                regrouped = regrouped.without(vnic, scopes(vnic, classes));
            }
            for (EffectiveVnic vnic : trunks) {
                regrouped = regrouped.with(vnic, scopes(vnic, others), before);
            }
        }
        return new Switchboard(slots, departing, trunkSlots, others, initialMacs, claims, ports, pinned, regrouped);
    }

    private static PMap<MacAddress, TreePSet<Integer>> plus(
            PMap<MacAddress, TreePSet<Integer>> index, MacAddress mac, int slot) {
        return index.plus(mac, index.getOrDefault(mac, TreePSet.empty()).plus(slot));
    }

    private static PMap<MacAddress, TreePSet<Integer>> minus(
            PMap<MacAddress, TreePSet<Integer>> index, MacAddress mac, int slot) {
        TreePSet<Integer> left = index.getOrDefault(mac, TreePSet.empty()).minus(slot);
        return left.isEmpty() ? index.minus(mac) : index.plus(mac, left);
    }
}
