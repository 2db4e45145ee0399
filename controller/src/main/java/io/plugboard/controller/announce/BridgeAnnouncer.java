package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.compiler.announce.AnnouncementPlan;
import io.plugboard.compiler.announce.Emission;
import io.plugboard.compiler.announce.Occasion;
import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.Owner;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.compiler.view.BridgeView;
import io.plugboard.compiler.view.Plug;
import io.plugboard.controller.announce.Agenda.Step;
import io.plugboard.controller.reconcile.BridgeReconciler;
import io.plugboard.controller.reconcile.Confirmations;
import io.plugboard.controller.reconcile.PacketIn;
import io.plugboard.controller.reconcile.SwitchConnection;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.AnnounceSettings;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The clock of one bridge's announcements. Each time that the bridge's switch has confirmed a view it looks which vNICs have
 * become active, or are so in another way, since the view before; those are announced, at a bounded pace, the newest
 * placement of each. What a lost session leaves undone is done when the switch is back.
 *
 * <p>All of it happens in a mailbox, one message at a time.
 */
final class BridgeAnnouncer implements Confirmations {
    /** So long after the first announcement of another uplink frames may still come by the former one. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** What a guest's answer takes beyond the time that it was given: to be scheduled, and to get here. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private static final Duration MARK_PAUSE = Duration.ofSeconds(1);

    private final DatapathId dpid;
    private final Executor mailbox;
    private final AnnouncerContext context;
    private final Agenda agenda;

    private Optional<SwitchConnection> session = Optional.empty();

    /** The last one that was confirmed; it stays while the switch is away. */
    private Optional<BridgeView> view = Optional.empty();

    /** All placements up to this revision have been looked at. */
    private long considered;

    private final Map<VnicId, Announcement> running = new LinkedHashMap<>();

    /** Active, and not begun: since the place that they have left is still open, or since the session was lost. */
    private final Map<VnicId, Placement> owed = new TreeMap<>();

    private final Map<VnicId, Long> lastStarts = new HashMap<>();
    private final Reports reports;
    private Optional<Long> alarm = Optional.empty();
    private long reportedMark;
    private boolean isMarkToBeReported;

    /** @param announcedUpTo the revision up to which an earlier process has announced this bridge's vNICs */
    BridgeAnnouncer(DatapathId dpid, long announcedUpTo, Executor mailbox, AnnouncerContext context) {
        this.dpid = dpid;
        this.mailbox = mailbox;
        this.context = context;
        reports = new Reports(context);
        considered = announcedUpTo;
        reportedMark = announcedUpTo;
        long now = context.nanoTime().getAsLong();
        agenda = new Agenda(new Pace(context.rate(), now), now);
    }

    @Override
    public void confirmed(
            BridgeReconciler confirmedTo, SwitchConnection connection, BridgeView now, Set<VnicId> concerned) {
        mailbox.execute(() -> {
            reports.copyBy(confirmedTo);
            session = Optional.of(connection);
            Optional<BridgeView> before = view;
            view = Optional.of(now);
            Set<VnicId> candidates = new LinkedHashSet<>(owed.keySet());
            candidates.addAll(concerned);
            candidates.forEach(id -> consider(id, before, now));
            considered = now.topology().revision();
            askWhoseAnswersAreSureToCome(now);
            goOn();
        });
    }

    @Override
    public void disconnected() {
        mailbox.execute(() -> {
            session = Optional.empty();
            running.values().forEach(announcement -> owed.put(announcement.vnic(), announcement.placement()));
            running.clear();
            agenda.clear();
            reports.listenToNobody();
        });
    }

    private void consider(VnicId id, Optional<BridgeView> before, BridgeView now) {
        Optional<Plug.Plugged> place = Subjects.active(now, id);
        if (place.isEmpty()) {
            cancel(id, now);
            return;
        }
        Attachment attachment = place.get().vnic().attachment();
        boolean isDue = owed.containsKey(id)
                || attachment.placement().revision() > considered
                || before.filter(then -> Subjects.active(then, id).isEmpty()).isPresent();
        if (isDue
                && now.topology().attachment(id).flatMap(Attachment::departing).isPresent()) {
            owed.put(id, attachment.placement());
        } else if (isDue) {
            owed.remove(id);
            begin(now, place.get().vnic(), Subjects.occasion(attachment.placement()));
        }
    }

    /** It is not active here, for now or for good. */
    private void cancel(VnicId id, BridgeView now) {
        lastStarts.remove(id);
        owed.remove(id);
        Announcement announcement = running.remove(id);
        if (announcement != null) {
            agenda.removeAllOf(announcement);
            reports.leave(id);
            boolean isHere = now.topology()
                    .attachment(id)
                    .filter(attachment -> attachment.place().bridge().equals(dpid))
                    .isPresent();
            context.listener().abandoned(id, isHere ? "it is no longer active" : "it is no longer on bridge " + dpid);
        }
    }

    /** In place of what is being said of it, less what has to be asked all the same. */
    private int begin(BridgeView now, EffectiveVnic vnic, Occasion occasion) {
        VnicId id = vnic.id();
        Announcement before = running.remove(id);
        Occasion owing = occasion;
        if (before != null) {
            agenda.removeAllOf(before);
            boolean isOwedAnAnswer = !before.questions().unanswered().isEmpty();
            if (isOwedAnAnswer && !occasion.concernsMemberships()) {
                owing = before.occasion();
            }
        }
        AnnounceSettings settings = Subjects.settings(now, vnic, context.policy());
        AnnouncementPlan plan = AnnouncementPlan.of(Subjects.of(now, vnic, context.knownGroups()), owing, settings);
        long start = start(id, settings);
        Announcement announcement = new Announcement(id, vnic.attachment().placement(), owing, settings, plan, start);
        running.put(id, announcement);
        announcement
                .statements()
                .forEach(emission ->
                        agenda.add(start + emission.offset().toNanos(), announcement, new Step.Send(emission)));
        if (announcement.statements().isEmpty() && vnic.attachment().former().isPresent()) {
            agenda.add(start + GRACE.toNanos(), announcement, new Step.LeaveFormerUplink());
        }
        if (announcement.questions().isEmpty()) {
            reports.leave(id);
        } else if (canCopy()) {
            reports.listenTo(id);
        } else {
            ask(announcement);
        }
        return plan.emissions().size();
    }

    /** Now, unless another announcement of the vNIC has begun so lately that its second round would not have come yet. */
    private long start(VnicId id, AnnounceSettings settings) {
        long now = context.nanoTime().getAsLong();
        Long last = lastStarts.get(id);
        long start =
                last == null ? now : Math.max(now, last + settings.initial().toNanos());
        lastStarts.put(id, start);
        return start;
    }

    private boolean canCopy() {
        return session.filter(connection -> connection.profile().meters()).isPresent();
    }

    private void askWhoseAnswersAreSureToCome(BridgeView now) {
        for (Announcement announcement : List.copyOf(running.values())) {
            if (announcement.questions().isWaiting() && now.asked().contains(announcement.vnic())) {
                ask(announcement);
            }
        }
    }

    private void ask(Announcement announcement) {
        long start = Math.max(context.nanoTime().getAsLong(), announcement.start());
        List<Emission> queries = announcement.questions().ask();
        queries.forEach(query -> agenda.add(start + query.offset().toNanos(), announcement, new Step.Send(query)));
        Duration last =
                queries.stream().map(Emission::offset).max(Duration::compareTo).orElse(Duration.ZERO);
        Duration answered = last.plus(announcement.settings().maxResponse()).plus(SLACK);
        agenda.add(start + answered.toNanos(), announcement, new Step.JudgeAnswers());
    }

    /** Does what is due, as fast as the pace allows, and comes back for the rest. */
    private void goOn() {
        if (session.isPresent()) {
            long now = context.nanoTime().getAsLong();
            List<PacketOut> frames = new ArrayList<>();
            Map<VnicId, Placement> settled = new TreeMap<>();
            for (Optional<Agenda.Due> due = agenda.take(now); due.isPresent(); due = agenda.take(now)) {
                Announcement announcement = due.get().announcement();
                if (due.get().step() instanceof Step.Send send) {
                    send(announcement, send.emission(), now).ifPresent(frames::add);
                } else if (due.get().step() instanceof Step.JudgeAnswers) {
                    judge(announcement);
                } else {
                    settled.put(announcement.vnic(), announcement.placement());
                }
            }
            if (!frames.isEmpty()) {
                session.get().emit(frames);
            }
            if (!settled.isEmpty()) {
                context.aftermath().formerUplinksLeft(settled);
            }
            comeBack(now);
        }
        forgetWhatIsOver();
    }

    private void comeBack(long now) {
        if (agenda.isEmpty()) {
            return;
        }
        long next = agenda.nextAt();
        if (alarm.isEmpty() || alarm.get() - next > 0 || alarm.get() - now <= 0) {
            alarm = Optional.of(next);
            later(Duration.ofNanos(Math.max(0, next - now)), () -> {
                if (alarm.equals(Optional.of(next))) {
                    alarm = Optional.empty();
                }
                goOn();
            });
        }
    }

    private Optional<PacketOut> send(Announcement announcement, Emission emission, long now) {
        BridgeView current = view.orElseThrow();
        Optional<Plug.Plugged> place = Subjects.active(current, announcement.vnic());
        if (announcement.isFirstStatement()
                && place.flatMap(plugged -> plugged.vnic().attachment().former())
                        .isPresent()) {
            agenda.add(now + GRACE.toNanos(), announcement, new Step.LeaveFormerUplink());
        }
        Optional<Observed.Port> port = place.flatMap(plugged -> Subjects.port(current, plugged, emission.towards()));
        if (port.isEmpty()) {
            return Optional.empty();
        }
        AnnouncementRecord record = context.log()
                .add(number -> new AnnouncementRecord(
                        number,
                        context.clock().instant(),
                        announcement.vnic(),
                        announcement.occasion(),
                        emission.kind(),
                        dpid,
                        port.get().name(),
                        emission.vlan(),
                        emission.round(),
                        emission.frame(),
                        Optional.empty()));
        if (emission.kind().isQuery()) {
            announcement.questions().sent(emission, record.number(), now);
        }
        context.listener().sent(record);
        return Optional.of(new PacketOut(port.get().number(), emission.frame()));
    }

    /** Of a guest that is not listened to, nobody knows whether it has answered. */
    private void judge(Announcement announcement) {
        VnicId id = announcement.vnic();
        if (!reports.areReadOf(id)) {
            return;
        } else if (announcement.questions().mayAskAgain()) {
            ask(announcement);
            return;
        }
        reports.leave(id);
        for (AnnouncementKind kind : announcement.questions().unanswered()) {
            context.listener().silent(id, kind);
        }
    }

    /** A copy of a frame that a guest may have answered a query with. */
    void packetIn(PacketIn copy) {
        mailbox.execute(() -> {
            Optional<EffectiveVnic> vnic = new Cookie(copy.cookie())
                    .owner()
                    .filter(Owner.OfVnic.class::isInstance)
                    .flatMap(owner ->
                            view.flatMap(current -> current.switchboard().atSlot(((Owner.OfVnic) owner).slot())));
            vnic.ifPresent(guest -> reports.read(guest, Optional.ofNullable(running.get(guest.id())), copy));
        });
    }

    /** Completes the answer with how many frames are planned, or why none are. */
    void announce(VnicId id, CompletableFuture<AnnouncementDesk.Planned> answer) {
        mailbox.execute(() -> {
            Optional<BridgeView> current = view.filter(unused -> session.isPresent());
            Optional<Plug.Plugged> place = current.flatMap(now -> Subjects.active(now, id));
            if (place.isEmpty()) {
                answer.completeExceptionally(
                        new AnnouncementDesk.NotAnnounced("vNIC '" + id + "' is not active on bridge " + dpid));
                return;
            }
            int frames = begin(current.orElseThrow(), place.get().vnic(), Occasion.ASKED);
            goOn();
            if (frames == 0) {
                answer.completeExceptionally(new AnnouncementDesk.NotAnnounced(
                        "vNIC '" + id + "' is not announced: its policy says notifySwitches false"));
            } else {
                answer.complete(new AnnouncementDesk.Planned(frames));
            }
        });
    }

    private void forgetWhatIsOver() {
        running.values().removeIf(Announcement::isOver);
        if (mark() > reportedMark && !isMarkToBeReported) {
            isMarkToBeReported = true;
            later(MARK_PAUSE, this::reportMark);
        }
    }

    private void reportMark() {
        isMarkToBeReported = false;
        if (mark() > reportedMark) {
            reportedMark = mark();
            context.aftermath().announcedUpTo(dpid, reportedMark);
        }
    }

    /** The revision up to which all placements have been announced. */
    private long mark() {
        return Stream.concat(running.values().stream().map(Announcement::placement), owed.values().stream())
                .mapToLong(Placement::revision)
                .map(revision -> revision - 1)
                .reduce(considered, Math::min);
    }

    private void later(Duration pause, Runnable action) {
        context.later(pause, () -> mailbox.execute(action));
    }
}
