package io.plugboard.controller.service;

import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets everything when it is closed. */
final class MemoryStore implements TopologyStore {
    private final Map<DatapathId, Long> announced = new ConcurrentHashMap<>();
    private volatile Topology stored = Topology.EMPTY;

    @Override
    public Topology load() {
        return stored;
    }

    @Override
    public void commit(List<Write> writes) {
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
