package io.plugboard.controller.store;

import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Keeps the topology over restarts. One thread writes; any thread may load. */
public interface TopologyStore extends AutoCloseable {

    /** The newest topology that is stored. */
    Topology load();

    /**
     * Stores transactions, in their order and each of them whole. All are stored for good when this returns, for the price
     * of one wait for the disk.
     *
     * @param writes the first one follows what {@link #load} gives, each further one the one before it
     * @throws IOException when they could not be stored: none of them is in force, and a later call may succeed
     */
    void commit(List<Write> writes) throws IOException;

    /** For each bridge the revision up to which its vNICs' placements have been announced; 0 where it has none. */
    Map<DatapathId, Long> announced();

    /**
     * Stores such revisions. They may be lower than what is true, when the last ones were lost: what is announced twice does
     * no harm.
     *
     * @throws IOException when they could not be stored; a later call may succeed
     */
    void announced(Map<DatapathId, Long> revisions) throws IOException;

    @Override
    void close();

    /** One transaction: the topology after it, and what of it differs from the topology before. */
    record Write(Topology after, Touched touched) {}
}
