package io.plugboard.agent.netns;

import io.plugboard.agent.keys.Card;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the devices of one namespace through a shell that it has {@link Inside}. The shell ends as soon as the namespace has
 * lost its name: else it would keep it alive.
 */
public final class NamespaceWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NamespaceWatch.class);

    /** How late a membership may be seen. */
    private static final long POLL_MILLIS = 200;

    /** Of polls: how soon a change that was missed is seen, and how long one that cannot be entered is left alone. */
    private static final int POLLS_A_LISTING = 50;

    private static final Duration REST = Duration.ofMillis(20);

    private final NamespaceRef namespace;
    private final ScheduledExecutorService thread;
    private final Consumer<List<Card>> cards;
    private final Paced telling;

    private Optional<Inside> inside = Optional.empty();
    private int polls;
    private Optional<Object> lastTried = Optional.empty();
    private List<Card> told = List.of();
    private Optional<String> trouble = Optional.empty();
    private Optional<ScheduledFuture<?>> polling = Optional.empty();

    /**
     * @param thread on which everything happens but waiting for lines
     * @param cards is told what they are, each time that something of them has changed
     */
    public NamespaceWatch(NamespaceRef namespace, ScheduledExecutorService thread, Consumer<List<Card>> cards) {
        this.namespace = namespace;
        this.thread = thread;
        this.cards = cards;
        this.telling = new Paced(thread, REST, this::tell);
    }

    public void start() {
        polling = Optional.of(thread.scheduleWithFixedDelay(this::poll, 0, POLL_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void poll() {
        Optional<Object> identity = namespace.identity();
        inside.filter(entered -> !identity.equals(Optional.of(entered.identity())))
                .ifPresent(entered -> leave("it is gone"));
        if (inside.isEmpty()) {
            identity.ifPresentOrElse(this::enter, () -> complain("there is no " + namespace.file()));
        }
        inside.ifPresent(this::lookAround);
        polls++;
    }

    private void enter(Object identity) {
        boolean isNew = !lastTried.equals(Optional.of(identity));
        if (!isNew && polls < POLLS_A_LISTING) {
            return;
        }
        lastTried = Optional.of(identity);
        polls = 0;
        try {
            inside = Optional.of(Inside.enter(namespace, identity, telling::due));
            log.info("{}: entered", namespace);
        } catch (IOException failed) {
            complain(String.valueOf(failed.getMessage()));
        }
    }

    private void lookAround(Inside entered) {
        if (!entered.isAlive()) {
            leave("it cannot be entered, or its shell has been ended");
            return;
        }
        try {
            // Twice in the beginning: what changes between the first listing and the monitor's start is in the second.
            if (polls % POLLS_A_LISTING < 2) {
                entered.list();
            }
            if (entered.readMemberships()) {
                telling.due();
            }
        } catch (IOException gone) {
            leave(String.valueOf(gone.getMessage()));
        }
    }

    /** What was written of its devices stays. */
    private void leave(String reason) {
        complain(reason);
        end();
        told = List.of();
        cards.accept(told);
    }

    private void end() {
        inside.ifPresent(Inside::leave);
        inside = Optional.empty();
    }

    /** Each trouble is told once, however often it comes. */
    private void complain(String reason) {
        if (!trouble.equals(Optional.of(reason))) {
            trouble = Optional.of(reason);
            log.warn("{}: {}", namespace, reason);
        }
    }

    private void tell() {
        inside.filter(Inside::isComplete).ifPresent(entered -> {
            trouble = Optional.empty();
            List<Card> now = entered.devices().stream()
                    .map(device -> card(entered, device))
                    .toList();
            if (!now.equals(told)) {
                told = now;
                cards.accept(now);
            }
        });
    }

    private static Card card(Inside entered, Inside.Device device) {
        Link link = device.link();
        Optional<SortedSet<MacAddress>> groups = entered.groups()
                .map(all -> all.getOrDefault(link.index(), new TreeSet<>()))
                .filter(some -> some.size() <= RxFilter.MAX_MULTICAST);
        RxFilter filter = new RxFilter(
                link.mac(),
                link.promiscuous(),
                link.allMulticast() || groups.isEmpty(),
                groups.orElse(new TreeSet<>()),
                new TreeSet<>(),
                Optional.empty());
        return new Card(
                Optional.empty(),
                link.peerIndex(),
                Optional.of(device.firstMac()),
                Optional.of(filter),
                Optional.empty());
    }

    @Override
    public void close() {
        polling.ifPresent(polls -> polls.cancel(false));
        thread.execute(this::end);
    }
}
