package io.plugboard.agent.libvirt;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.plugboard.agent.keys.Card;
import io.plugboard.agent.qmp.Machine;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all domains of one libvirt: one {@code virsh qemu-monitor-event} runs on and tells what their QEMUs tell, and
 * {@code virsh qemu-monitor-command} asks them. Which domains there are is looked up again and again, and whenever one tells
 * something that was not known.
 */
public final class Domains implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Domains.class);
    private static final long LOOK_UP_SECONDS = 10;
    private static final String EVENTS = "^(RESUME|STOP|SHUTDOWN|RESET|NIC_RX_FILTER_CHANGED|DEVICE_DELETED)$";

    /**
     * What is told before virsh listens is not told again, and from when on it does is not seen: so at this many look-ups from
     * its start on all domains are asked.
     */
    private static final int LOOK_UPS_UNTIL_SURE = 2;

    /** What it says at its end. */
    private static final String FAREWELL = "events received: ";

    private static final int MAX_TROUBLES = 16;

    /** Characters; what of a line is beyond it is of no interest. */
    private static final int MAX_LINE = 1 << 16;

    /** Lists domains and hears of them, however many questions wait. */
    private final Virsh virsh;

    private final Virsh questions;
    private final ScheduledExecutorService thread;
    private final BiConsumer<String, List<Card>> cards;
    private final Consumer<String> gone;

    private final Map<String, Domain> domains = new TreeMap<>();
    private Optional<Process> events = Optional.empty();
    private boolean isClosed;
    private int lookUpsSinceListening;
    private boolean isLookingUp;
    /** The answer that is awaited may be older than what was told since. */
    private boolean isToLookUpAgain;

    /** What has been complained of since all was well. */
    private final Set<String> troubles = new HashSet<>();

    private Optional<ScheduledFuture<?>> lookingUp = Optional.empty();

    private record Domain(Machine machine, DomainMonitor monitor) {}

    /**
     * @param command that runs virsh, such as {@code virsh -q -c qemu:///system}
     * @param thread on which everything happens but waiting for virsh
     * @param cards is told what cards a domain has, by its name
     * @param gone is told the names of domains that are no more
     */
    public Domains(
            List<String> command,
            ScheduledExecutorService thread,
            BiConsumer<String, List<Card>> cards,
            Consumer<String> gone) {
        this.virsh = new Virsh(command);
        this.questions = new Virsh(command);
        this.thread = thread;
        this.cards = cards;
        this.gone = gone;
    }

    public void start() {
        lookingUp = Optional.of(thread.scheduleWithFixedDelay(this::lookUp, 0, LOOK_UP_SECONDS, TimeUnit.SECONDS));
    }

    /** While libvirt does not answer it is not started in vain. */
    private void listen() {
        if (isClosed || events.filter(Process::isAlive).isPresent()) {
            return;
        }
        try {
            Process listening =
                    virsh.start("qemu-monitor-event", "--loop", "--timestamp", "--regex", "--event", EVENTS);
            events = Optional.of(listening);
            lookUpsSinceListening = 0;
            Thread reader = new Thread(() -> read(listening), "virsh-events");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException failed) {
            complain(String.valueOf(failed.getMessage()));
        }
    }

    private void read(Process listening) {
        try (Reader output = listening.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int character = output.read(); character >= 0; character = output.read()) {
                if (character != '\n') {
                    if (line.length() < MAX_LINE) {
                        line.append((char) character);
                    }
                } else {
                    String whole = line.toString();
                    line.setLength(0);
                    thread.execute(() -> hear(whole));
                }
            }
        } catch (IOException | RejectedExecutionException ended) {
            log.debug("virsh, or the agent, has ended: {}", ended.getMessage());
        }
    }

    private void hear(String line) {
        Optional<DomainEvent> heard = DomainEvent.read(line);
        if (heard.isEmpty()) {
            if (!line.isBlank() && !line.startsWith(FAREWELL)) {
                complain(line);
            }
            return;
        }
        DomainEvent event = heard.get();
        Domain domain = domains.get(event.domain());
        if (domain == null || event.name().equals("SHUTDOWN")) {
            isToLookUpAgain = isLookingUp;
            lookUp();
        }
        if (domain != null) {
            domain.machine().event(domain.monitor(), event.name(), MissingNode.getInstance());
        }
    }

    private void lookUp() {
        if (isLookingUp) {
            return;
        }
        isLookingUp = true;
        virsh.run("list", "--name")
                .whenCompleteAsync(
                        (printed, failed) -> {
                            isLookingUp = false;
                            if (failed == null) {
                                listen();
                                follow(new HashSet<>(printed.lines()
                                        .filter(name -> !name.isBlank())
                                        .toList()));
                            } else {
                                complain(String.valueOf(failed.getMessage()));
                            }
                            if (isToLookUpAgain) {
                                isToLookUpAgain = false;
                                lookUp();
                            }
                        },
                        thread);
    }

    private void follow(Set<String> names) {
        for (String name : Set.copyOf(domains.keySet())) {
            if (!names.contains(name)) {
                log.info("domain {}: it is gone", name);
                Optional.ofNullable(domains.remove(name))
                        .ifPresent(domain -> domain.machine().absent());
                gone.accept(name);
            }
        }
        boolean isSure = lookUpsSinceListening == LOOK_UPS_UNTIL_SURE;
        if (isSure) {
            troubles.clear();
        } else {
            lookUpsSinceListening++;
        }
        for (String name : names) {
            Domain known = domains.get(name);
            if (known == null) {
                Domain found = new Domain(
                        new Machine(name, now -> cards.accept(name, now)), new DomainMonitor(name, questions, thread));
                domains.put(name, found);
                found.machine().ready(found.monitor());
            } else if (!isSure) {
                known.machine().askAll(known.monitor());
            }
        }
    }

    /** Each trouble is told once, however often it comes, until all is well again. */
    private void complain(String reason) {
        if (troubles.size() < MAX_TROUBLES && troubles.add(reason)) {
            log.warn("libvirt: {}", reason);
        }
    }

    /** What was written stays written. */
    @Override
    public void close() {
        lookingUp.ifPresent(looking -> looking.cancel(false));
        thread.execute(() -> {
            isClosed = true;
            events.ifPresent(Process::destroy);
        });
        virsh.close();
        questions.close();
    }
}
