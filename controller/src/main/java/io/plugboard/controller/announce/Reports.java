package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.GuestReport;
import io.plugboard.controller.reconcile.BridgeReconciler;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VnicId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The membership reports of one bridge's guests: copied to the controller while answers to its queries are waited for, and of
 * nobody else. Belongs to the bridge's mailbox.
 */
final class Reports {
    private final AnnouncerContext context;
    private final Set<VnicId> listenedTo = new HashSet<>();
    private Optional<BridgeReconciler> reconciler = Optional.empty();

    Reports(AnnouncerContext context) {
        this.context = context;
    }

    /** @param bridge has the copies made */
    void copyBy(BridgeReconciler bridge) {
        reconciler = Optional.of(bridge);
    }

    boolean areReadOf(VnicId guest) {
        return listenedTo.contains(guest);
    }

    void listenTo(VnicId guest) {
        listenedTo.add(guest);
        tellWhomToCopy();
    }

    void leave(VnicId guest) {
        if (listenedTo.remove(guest)) {
            tellWhomToCopy();
        }
    }

    void listenToNobody() {
        listenedTo.clear();
        tellWhomToCopy();
    }

    private void tellWhomToCopy() {
        Set<VnicId> guests = Set.copyOf(listenedTo);
        reconciler.ifPresent(bridge -> bridge.ask(guests));
    }

    /**
     * A copy of a frame of this guest has come. All guests share the meter of copies: one that never stops would leave nothing
     * of it to the others.
     *
     * @param announcement the one that has asked it
     */
    void read(EffectiveVnic guest, Optional<Announcement> announcement, PacketIn copy) {
        if (!areReadOf(guest.id())) {
            return;
        }
        if (announcement.isPresent() && !announcement.get().mayBeHeardAgain()) {
            leave(guest.id());
            context.listener()
                    .unusable(
                            guest.id(),
                            "The guest has sent more than " + Announcement.MOST_REPORTS
                                    + " reports; what follows is not read.");
            return;
        }
        GuestReport read = GuestReport.read(copy.octets().toArray());
        if (read instanceof GuestReport.Report report) {
            learn(guest, announcement, report);
        } else if (read instanceof GuestReport.Unusable unusable) {
            context.listener().unusable(guest.id(), unusable.reason());
        }
    }

    private void learn(EffectiveVnic guest, Optional<Announcement> announcement, GuestReport.Report report) {
        // Within the pipeline a frame carries the tag of its segment, the guest's own or not.
        VlanId vlan = guest.vlan() instanceof VlanMode.Untagged ? VlanId.UNTAGGED : report.vlan();
        context.knownGroups().learn(guest.id(), vlan, report);
        announcement
                .flatMap(asking -> asking.questions()
                        .answered(report, vlan, context.nanoTime().getAsLong()))
                .ifPresent(this::note);
    }

    private void note(Questions.Answered answered) {
        context.log()
                .answered(answered.record(), answered.answer())
                .filter(record -> answered.isFirst())
                .ifPresent(context.listener()::answered);
    }
}
