package io.plugboard.controller.rest;

import io.plugboard.controller.service.Hosts;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every bridge has its host, but for those that a test says have none. */
final class FakeHosts implements Hosts {
    private final Set<DatapathId> gone = ConcurrentHashMap.newKeySet();

    private final Map<DatapathId, Bridge> marked = new ConcurrentHashMap<>();

    void lose(DatapathId dpid) {
        gone.add(dpid);
    }

    /** It marks the bridge. */
    void mark(Bridge bridge) {
        marked.put(bridge.dpid(), bridge);
    }

    @Override
    public Optional<Bridge> marked(DatapathId dpid) {
        return Optional.ofNullable(marked.get(dpid));
    }

    @Override
    public List<String> problems(DatapathId dpid) {
        return List.of();
    }

    @Override
    public boolean isHeard(DatapathId dpid) {
        return !gone.contains(dpid);
    }
}
