package io.plugboard.controller.source;

import io.plugboard.controller.source.OvsdbSource.Turns;
import io.plugboard.ovsdb.Operation;
import io.plugboard.ovsdb.OperationResult;
import io.plugboard.ovsdb.OvsdbSession;
import io.plugboard.topology.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the hosts' databases: what becomes of each vNIC, and how bridges that are ours must be set. One transaction is
 * under way to a host at a time, and the next has what is newest then. Belongs to the source's thread.
 */
final class WriteBack {
    private static final Logger log = LoggerFactory.getLogger(WriteBack.class);
    /** Of a bridge: who sets one back may set back another one next. */
    private static final String SETTINGS = "its settings";

    private static final int MOST_IN_ONE_TRANSACTION = 1000;
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    private final Function<OvsdbSession, String> controllerTarget;
    private final SourceEvents events;
    private final Turns turns;
    private final HostLinks links;
    private final Set<UUID> due = new HashSet<>();

    /** @param controllerTarget the controller that bridges of this session's host are given */
    WriteBack(HostLinks links, Function<OvsdbSession, String> controllerTarget, SourceEvents events, Turns turns) {
        this.links = links;
        this.controllerTarget = controllerTarget;
        this.events = events;
        this.turns = turns;
    }

    void heard(HostView view) {
        links.of(view.database()).ifPresent(link -> link.heard(view));
        due.add(view.database());
    }

    /** @param text empty when nothing is to stand there any more */
    void want(UUID database, UUID row, Optional<String> text) {
        if (links.of(database).filter(link -> link.want(row, text)).isPresent()) {
            due.add(database);
        }
    }

    /** Nothing is to stand there, whoever wrote it. */
    void clear(UUID database, UUID row) {
        links.of(database).ifPresent(link -> link.clear(row));
    }

    /** Something about its bridges may be another one in the topology. */
    void look(UUID database) {
        due.add(database);
    }

    void flush(World world, Topology topology) {
        for (UUID database : Set.copyOf(due)) {
            Optional<HostLink> link = links.of(database);
            Optional<HostView> view = world.host(database);
            if (link.isEmpty() || view.isEmpty()) {
                due.remove(database);
            } else if (!link.get().isWriting()) {
                due.remove(database);
                write(link.get(), view.get(), world, topology);
            }
        }
    }

    private void write(HostLink link, HostView view, World world, Topology topology) {
        for (BridgeSaid said : view.bridges().values()) {
            // Another host's of the same id is not programmed, and must not be closed.
            boolean isBelieved = world.isBelieved(view.database(), said.dpid(), topology);
            if (isBelieved
                    && said.isOurs(topology)
                    && topology.bridge(said.dpid()).isPresent()) {
                Correction correction = Correction.of(said.row(), controllerTarget.apply(link.session()));
                if (correction.isNeeded() && mayWrite(link, said.row().uuid(), SETTINGS)) {
                    // Though it may be refused: what is refused once is refused again.
                    link.disputes().wrote(said.row().uuid(), SETTINGS);
                    transact(link, correction.operations(), () -> events.corrected(view, said, correction));
                    return;
                }
            }
        }
        Map<UUID, Optional<String>> states = new HashMap<>();
        link.differences(view).forEach((row, text) -> {
            if (states.size() < MOST_IN_ONE_TRANSACTION && mayWrite(link, row, text)) {
                states.put(row, text);
            }
        });
        if (!states.isEmpty()) {
            transact(link, HostLink.operations(states), () -> link.written(states));
        }
    }

    /** Not yet, where somebody else has written over the same: it is tried again by itself. */
    private boolean mayWrite(HostLink link, UUID row, Object what) {
        if (link.disputes().allows(row, what)) {
            return true;
        }
        link.disputes().await(row).ifPresent(pause -> {
            log.warn(
                    "OVSDB at {}: row {} does not keep {}: it is refused there, or somebody else writes over it, such as another"
                            + " controller of this host",
                    link.session().remoteAddress(),
                    row,
                    what);
            turns.later(pause, () -> {
                link.disputes().letGo(row);
                due.add(link.database());
            });
        });
        return false;
    }

    private void transact(HostLink link, List<Operation> operations, Runnable done) {
        link.writing(true);
        link.session()
                .transact(operations)
                .whenComplete((results, lost) -> turns.take(() -> {
                    link.writing(false);
                    Optional<String> refusal = lost == null ? OperationResult.refusal(results) : Optional.empty();
                    if (refusal.isPresent()) {
                        log.warn(
                                "OVSDB at {} refuses what is written back: {}",
                                link.session().remoteAddress(),
                                refusal.get());
                        turns.later(AFTER_REFUSAL, () -> due.add(link.database()));
                    } else if (lost == null) {
                        done.run();
                        due.add(link.database());
                    }
                }));
    }
}
