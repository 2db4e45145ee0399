package io.plugboard.compiler.announce;

import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is sent when a vNIC became active in a place, and when. The switch has its new flows before the start.
 *
 * @param emissions in the order in which they are sent
 * @param notAnnounced VLANs in which the guest may be and nothing is sent; none where nothing is sent at all
 */
public record AnnouncementPlan(List<Emission> emissions, Optional<VlanSet> notAnnounced) {
    private static final AnnouncementPlan NOTHING = new AnnouncementPlan(List.of(), Optional.empty());

    public AnnouncementPlan {
        emissions = List.copyOf(emissions);
        Objects.requireNonNull(notAnnounced);
    }

    /**
     * The switches are told in every round where the vNIC and its addresses are. When switches that snoop lack its
     * guest's memberships, they get those that are known at once, and the guest is asked for all of them.
     */
    public static AnnouncementPlan of(AnnouncementSubject subject, Occasion occasion, AnnounceSettings settings) {
        if (!subject.notifySwitches()) {
            return NOTHING;
        }
        AnnouncedVlans vlans = AnnouncedVlans.of(subject);
        List<Emission> emissions = new ArrayList<>();
        for (VlanId vlan : vlans.announced()) {
            SegmentAnnouncement segment = new SegmentAnnouncement(subject, vlan, settings);
            emissions.addAll(segment.presence());
            if (occasion.concernsMemberships()) {
                emissions.addAll(segment.memberships());
                emissions.addAll(segment.questions());
            }
        }
        emissions.sort(Emission.ORDER);
        return new AnnouncementPlan(emissions, vlans.others());
    }
}
