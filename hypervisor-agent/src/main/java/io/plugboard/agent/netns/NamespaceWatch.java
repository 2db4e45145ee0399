package io.plugboard.agent.netns;

import io.plugboard.agent.Card;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.RxFilter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the devices of one namespace. A shell in it runs {@code ip monitor}, by which the kernel tells of promiscuous mode and
 * of addresses at once; of memberships it tells nobody, and so their list, which is seen through the shell's own /proc, is read
 * again and again. The shell ends with us, and as soon as the namespace has lost its name: else it would keep it alive.
 */
public final class NamespaceWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NamespaceWatch.class);

    /** How late a membership may be seen. */
    private static final long POLL_MILLIS = 200;

    /** Of polls: how soon a change that was missed is seen. */
    private static final int POLLS_A_LISTING = 50;

    private static final String SHELL = "ip -d -o monitor link & while read -r _; do ip -d -o link show; done; kill $!";

    private final NamespaceRef namespace;
    private final ScheduledExecutorService thread;
    private final Consumer<List<Card>> cards;

    private Optional<Inside> inside = Optional.empty();
    private List<Card> told = List.of();
    private boolean isAbsenceTold;
    private Optional<ScheduledFuture<?>> polling = Optional.empty();

    /** What runs in a namespace, and what it has seen. */
    private static final class Inside {
        private final Process shell;
        private final Object identity;
        private final Map<Integer, Link> links = new TreeMap<>();
        private final Map<Integer, MacAddress> firstMacs = new HashMap<>();
        private Map<Integer, SortedSet<MacAddress>> memberships = Map.of();
        private int polls;

        Inside(Process shell, Object identity) {
            this.shell = shell;
            this.identity = identity;
        }
    }

    /**
     * @param thread on which everything happens but waiting for lines
     * @param cards is told what they are, each time that something of them has changed
     */
    public NamespaceWatch(NamespaceRef namespace, ScheduledExecutorService thread, Consumer<List<Card>> cards) {
        this.namespace = namespace;
        this.thread = thread;
        this.cards = cards;
    }

    public void start() {
        polling = Optional.of(thread.scheduleWithFixedDelay(this::poll, 0, POLL_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void poll() {
        Optional<Object> identity = namespace.identity();
        if (inside.isPresent() && !identity.equals(Optional.of(inside.get().identity))) {
            leave("it is gone");
        }
        if (inside.isEmpty()) {
            identity.ifPresentOrElse(this::enter, this::tellAbsence);
        }
        inside.ifPresent(this::lookAround);
    }

    private void tellAbsence() {
        if (!isAbsenceTold) {
            isAbsenceTold = true;
            log.warn("namespace {}: there is no {}; waiting for it", namespace.name(), namespace.file());
        }
    }

    private void enter(Object identity) {
        try {
            Process shell = new ProcessBuilder("nsenter", "--net=" + namespace.file(), "sh", "-c", SHELL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Inside entered = new Inside(shell, identity);
            inside = Optional.of(entered);
            isAbsenceTold = false;
            Thread reader = new Thread(() -> readLines(entered), "netns-" + namespace.name());
            reader.setDaemon(true);
            reader.start();
            log.info("namespace {}: entered", namespace.name());
        } catch (IOException failed) {
            log.warn("namespace {}: {}", namespace.name(), failed.getMessage());
        }
    }

    private void readLines(Inside entered) {
        try (BufferedReader lines = entered.shell.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String read = line;
                thread.execute(() -> see(entered, read));
            }
        } catch (IOException closed) {
            log.debug("namespace {}: {}", namespace.name(), closed.getMessage());
        }
    }

    private void see(Inside entered, String line) {
        Link.gone(line).ifPresent(index -> {
            entered.links.remove(index);
            entered.firstMacs.remove(index);
        });
        Link.read(line).ifPresent(link -> {
            entered.links.put(link.index(), link);
            entered.firstMacs.putIfAbsent(link.index(), link.mac());
        });
        tell();
    }

    private void lookAround(Inside entered) {
        if (!entered.shell.isAlive()) {
            leave("its shell has ended");
            return;
        }
        try {
            entered.memberships = Memberships.read(
                    Files.readString(Path.of("/proc", Long.toString(entered.shell.pid()), "net", "dev_mcast")));
            if (entered.polls++ % POLLS_A_LISTING < 2) {
                Writer commands = entered.shell.outputWriter();
                commands.write('\n');
                commands.flush();
            }
        } catch (IOException gone) {
            leave(String.valueOf(gone.getMessage()));
        }
        tell();
    }

    private void leave(String reason) {
        log.info("namespace {}: {}", namespace.name(), reason);
        inside.ifPresent(entered -> {
            entered.shell.descendants().forEach(ProcessHandle::destroy);
            entered.shell.destroy();
        });
        inside = Optional.empty();
    }

    private void tell() {
        if (inside.isEmpty()) {
            return;
        }
        List<Card> now = new ArrayList<>();
        inside.get().links.values().forEach(link -> now.add(card(inside.get(), link)));
        if (!now.equals(told)) {
            told = List.copyOf(now);
            cards.accept(told);
        }
    }

    private static Card card(Inside entered, Link link) {
        RxFilter filter = new RxFilter(
                link.mac(),
                link.promiscuous(),
                link.allMulticast(),
                entered.memberships.getOrDefault(link.index(), new TreeSet<>()),
                new TreeSet<>(),
                Optional.empty());
        return new Card(
                Optional.empty(),
                link.peerIndex(),
                Optional.ofNullable(entered.firstMacs.get(link.index())),
                Optional.of(filter),
                Optional.empty());
    }

    @Override
    public void close() {
        polling.ifPresent(polls -> polls.cancel(false));
        thread.execute(() -> leave("no longer followed"));
    }
}
