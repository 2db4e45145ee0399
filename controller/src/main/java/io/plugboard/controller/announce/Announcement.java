package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.AnnouncementPlan;
import io.plugboard.compiler.announce.Emission;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VnicId;
import java.util.List;

/** One vNIC that is being announced. Belongs to its bridge's mailbox. */
final class Announcement {
    /** Two answers of IGMP and two of MLD, with as many groups each as a card has room for, each in a report of its own. */
    static final int MOST_REPORTS = 4 * RxFilter.MAX_MULTICAST;

    private final VnicId vnic;
    private final Placement placement;
    private final Occasion occasion;
    private final AnnounceSettings settings;
    private final List<Emission> statements;
    private final Questions questions;
    private final long start;
    private int stepsLeft;
    private int reports;
    private boolean isSaid;

    /** @param start when it begins, in nanoseconds */
    Announcement(
            VnicId vnic,
            Placement placement,
            Occasion occasion,
            AnnounceSettings settings,
            AnnouncementPlan plan,
            long start) {
        this.vnic = vnic;
        this.placement = placement;
        this.occasion = occasion;
        this.settings = settings;
        this.start = start;
        statements = plan.emissions().stream()
                .filter(emission -> !emission.kind().isQuery())
                .toList();
        questions = new Questions(plan.emissions().stream()
                .filter(emission -> emission.kind().isQuery())
                .toList());
    }

    VnicId vnic() {
        return vnic;
    }

    Placement placement() {
        return placement;
    }

    Occasion occasion() {
        return occasion;
    }

    AnnounceSettings settings() {
        return settings;
    }

    /** What switches are told. */
    List<Emission> statements() {
        return statements;
    }

    /** What the guest is asked. */
    Questions questions() {
        return questions;
    }

    long start() {
        return start;
    }

    void stepAdded() {
        stepsLeft++;
    }

    void stepTaken() {
        stepsLeft--;
    }

    /** Whether nothing is left to do, and nothing is waited for. */
    boolean isOver() {
        return stepsLeft == 0 && !questions.isWaiting();
    }

    /** Whether one more report of its guest is read. */
    boolean mayBeHeardAgain() {
        reports++;
        return reports <= MOST_REPORTS;
    }

    /** Whether this is the first time that this is asked. */
    boolean isFirstStatement() {
        boolean first = !isSaid;
        isSaid = true;
        return first;
    }
}
