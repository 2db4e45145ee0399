package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.GuestReport;
import io.plugboard.compiler.announce.KnownGroup;
import io.plugboard.compiler.frame.GroupMac;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What guests have said to listen to when they were asked: it goes with the vNIC from bridge to bridge. A guest may say
 * anything, so that only so many groups of each are kept. Any thread.
 */
final class KnownGroups {
    private static final int MOST = RxFilter.MAX_MULTICAST;

    private final Map<VnicId, SortedSet<KnownGroup>> said = new ConcurrentHashMap<>();

    /** @param vlan the segment that the report was sent in */
    void learn(VnicId vnic, VlanId vlan, GuestReport.Report report) {
        said.compute(vnic, (unused, before) -> {
            SortedSet<KnownGroup> now = new TreeSet<>(before == null ? Collections.emptySortedSet() : before);
            now.removeIf(known -> known.vlan().equals(vlan)
                    && (report.left().contains(known.group()) || report.joined().contains(known.group())));
            for (IpAddress group : report.joined()) {
                if (now.size() < MOST && !report.sourceSpecific().contains(group)) {
                    now.add(new KnownGroup(vlan, group, report.version(), report.source()));
                }
            }
            return now.isEmpty() ? null : now;
        });
    }

    /** Those that the vNIC's receive filter still lets through; none where that is not exact. */
    SortedSet<KnownGroup> of(Attachment attachment) {
        SortedSet<KnownGroup> known = said.getOrDefault(attachment.id(), Collections.emptySortedSet());
        Optional<RxFilter> exact = attachment.rxFilter().filter(filter -> !filter.overflows());
        SortedSet<KnownGroup> still = new TreeSet<>();
        for (KnownGroup group : known) {
            if (exact.isPresent() && exact.get().multicast().contains(GroupMac.of(group.group()))) {
                still.add(group);
            }
        }
        return still;
    }

    void forget(VnicId vnic) {
        said.remove(vnic);
    }
}
