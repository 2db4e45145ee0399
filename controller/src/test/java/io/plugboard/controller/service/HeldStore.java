package io.plugboard.controller.service;

import io.plugboard.controller.store.TopologyStore;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A store in memory, each of whose commits waits until the test says how it ends. */
final class HeldStore implements TopologyStore {
    private final Map<DatapathId, Long> announced = new ConcurrentHashMap<>();

    @Override
    public Map<DatapathId, Long> announced() {
        return announced;
    }

    @Override
    public void announced(Map<DatapathId, Long> revisions) {
        announced.putAll(revisions);
    }

    private final BlockingQueue<List<Write>> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>();
    private volatile Topology stored = Topology.EMPTY;

    @Override
    public Topology load() {
        return stored;
    }

    @Override
    public void commit(List<Write> writes) throws IOException {
        begun.add(new ArrayList<>(writes));
        try {
            if (!outcomes.take()) {
                throw new IOException("no space left");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        stored = writes.get(writes.size() - 1).after();
    }

    /** Waits until the next commit has begun. */
    List<Write> awaitCommit() throws InterruptedException {
        return begun.take();
    }

    /** Lets the commit that has begun, or the next one to begin, succeed. */
    void succeed() {
        outcomes.add(true);
    }

    void fail() {
        outcomes.add(false);
    }

    @Override
    public void close() {}
}
