package io.plugboard.controller.service;

import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Forgets everything when it is closed. */
final class MemoryStore implements TopologyStore {
    private final Map<DatapathId, Long> announced = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Topology stored = Topology.EMPTY;

    /** The next commit fails. */
    void failOnce() {
        failures.incrementAndGet();
    }

    @Override
    public Topology load() {
        return stored;
    }

    @Override
    public void commit(List<Write> writes) throws IOException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the disk is full");
        }
        stored = writes.get(writes.size() - 1).after();
    }

    @Override
    public Map<DatapathId, Long> announced() {
        return Map.copyOf(announced);
    }

    @Override
    public void announced(Map<DatapathId, Long> revisions) {
        announced.putAll(revisions);
    }

    @Override
    public void close() {}
}
