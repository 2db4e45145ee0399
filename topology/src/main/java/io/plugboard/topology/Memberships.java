package io.plugboard.topology;

import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.Scope.SharedAddress;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.UplinkPin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Which sets of one bridge have members, and in which links. Immutable.
 *
 * @param links for each set how many members it has in each link
 * @param addresses those that somebody holds or listens to
 */
record Memberships(TreePMap<MemberSet, TreePMap<Integer, Integer>> links, AddressBook addresses) {
    static final Memberships NONE = new Memberships(TreePMap.empty(), AddressBook.EMPTY);

    /** The sets of this scope that have members. */
    List<MemberSet> sets(Scope scope) {
        return links.keySet().tailSet(first(scope)).stream()
                .takeWhile(set -> set.scope().equals(scope))
                .toList();
    }

    private static MemberSet first(Scope scope) {
        return new MemberSet(scope, Kind.values()[0], UplinkPin.NONE);
    }

    SortedSet<Integer> linksOf(MemberSet set) {
        TreePMap<Integer, Integer> members = links.get(set);
        return members == null ? TreePSet.empty() : members.keySet();
    }

    List<MemberSet> setsOf(EffectiveVnic vnic, Collection<Scope> scopes) {
        List<MemberSet> sets = new ArrayList<>();
        for (Scope scope : scopes) {
            vnic.kinds().forEach(kind -> sets.add(new MemberSet(scope, kind, vnic.pin())));
            vnic.heldAddresses()
                    .forEach(mac -> addresses
                            .numberOf(new SharedAddress(scope, mac))
                            .ifPresent(number -> sets.add(holders(number, vnic))));
        }
        return sets;
    }

    private static MemberSet holders(int number, EffectiveVnic vnic) {
        return new MemberSet(new Scope.OfAddress(number), Kind.HOLDER, vnic.pin());
    }

    /** @param before what numbers addresses had before the transaction that this is part of */
    Memberships with(EffectiveVnic vnic, Collection<Scope> scopes, AddressBook before) {
        AddressBook more = addresses;
        for (Scope scope : scopes) {
            for (MacAddress mac : vnic.heldAddresses()) {
                more = more.with(new SharedAddress(scope, mac), before);
            }
        }
        Memberships numbered = new Memberships(links, more);
        return new Memberships(counted(numbered.setsOf(vnic, scopes), vnic.slot(), 1), more);
    }

    Memberships without(EffectiveVnic vnic, Collection<Scope> scopes) {
        List<MemberSet> left = setsOf(vnic, scopes);
        Memberships others = new Memberships(counted(left, vnic.slot(), -1), addresses);
        AddressBook still = addresses;
        for (MemberSet set : left) {
            if (set.scope() instanceof Scope.OfAddress address && others.isEmpty(address)) {
                still = still.without(address.number());
            }
        }
        return new Memberships(others.links, still);
    }

    private boolean isEmpty(Scope scope) {
        MemberSet next = links.ceilingKey(first(scope));
        return next == null || !next.scope().equals(scope);
    }

    private TreePMap<MemberSet, TreePMap<Integer, Integer>> counted(
            Collection<MemberSet> sets, int slot, int difference) {
        int link = slot / Switchboard.SLOTS_PER_LINK;
        TreePMap<MemberSet, TreePMap<Integer, Integer>> counts = links;
        for (MemberSet set : sets) {
            TreePMap<Integer, Integer> members = counts.getOrDefault(set, TreePMap.empty());
            int count = members.getOrDefault(link, 0) + difference;
            members = count == 0 ? members.minus(link) : members.plus(link, count);
            counts = members.isEmpty() ? counts.minus(set) : counts.plus(set, members);
        }
        return counts;
    }
}
