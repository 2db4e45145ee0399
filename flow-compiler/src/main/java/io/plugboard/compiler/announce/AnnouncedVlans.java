package io.plugboard.compiler.announce;

import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.VnicAddress;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * In which VLANs a vNIC is announced: in its one; or of a trunk's those in which its guest has addresses, and those that its
 * receive filter names, the lowest {@value #MOST}.
 *
 * @param announced ascending
 * @param others in which its guest may be too, or has an address that nobody reaches; in them nothing is said
 */
record AnnouncedVlans(List<VlanId> announced, Optional<VlanSet> others) {
    static final int MOST = 16;

    AnnouncedVlans {
        announced = List.copyOf(announced);
    }

    static AnnouncedVlans of(AnnouncementSubject subject) {
        BitSet its = subject.vlan().vlans().bits();
        BitSet named = new BitSet();
        subject.addresses().forEach(address -> named.set(of(address, subject).value()));
        BitSet used = new BitSet();
        BitSet possible = (BitSet) its.clone();
        if (subject.vlan() instanceof VlanMode.Trunk) {
            used.or(named);
            subject.filterVlans().ifPresent(filter -> {
                used.or(filter.bits());
                possible.and(filter.bits());
            });
            used.and(its);
        } else {
            used.or(its);
        }
        List<VlanId> announced = used.stream().limit(MOST).mapToObj(VlanId::new).toList();

        BitSet others = possible;
        others.or(named);
        subject.knownGroups().forEach(known -> others.set(known.vlan().value()));
        announced.forEach(vlan -> others.clear(vlan.value()));
        return new AnnouncedVlans(announced, others.isEmpty() ? Optional.empty() : Optional.of(VlanSet.of(others)));
    }

    /** Where an address is: that it names, or the only one, or of a trunk the untagged one. */
    static VlanId of(VnicAddress address, AnnouncementSubject subject) {
        return address.vlan()
                .orElse(
                        subject.vlan() instanceof VlanMode.Trunk
                                ? VlanId.UNTAGGED
                                : subject.vlan().vlans().first());
    }
}
