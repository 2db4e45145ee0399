package io.plugboard.controller.openflow;

import io.plugboard.topology.model.DatapathId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What the sessions of one server share, from any event loop: who they are, and who has which datapath id. */
final class Registry {
    private final ConcurrentMap<DatapathId, Session> holders = new ConcurrentHashMap<>();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final LongAdder skippedFrames = new LongAdder();
    private final int maxSessions;

    Registry(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    /** Takes one session more, unless there are as many as there may be. */
    boolean enter(Session session) {
        return sessions.size() < maxSessions && sessions.add(session);
    }

    void leave(Session session) {
        sessions.remove(session);
    }

    /** Returns when all sessions have ended, but for those whose end is being told. */
    void closeAll(String reason) {
        CompletableFuture.allOf(
                        sessions.stream().map(session -> session.end(reason)).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** Takes the datapath id for this session, or says who has it. */
    Optional<Session> claim(DatapathId dpid, Session session) {
        return Optional.ofNullable(holders.putIfAbsent(dpid, session));
    }

    void release(DatapathId dpid, Session session) {
        holders.remove(dpid, session);
    }

    void skipped() {
        skippedFrames.increment();
    }

    long skippedFrames() {
        return skippedFrames.sum();
    }
}
