package io.plugboard.controller.announce;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.VnicId;
import java.util.Map;

/** What is true once vNICs have been announced. Called in a bridge's mailbox: implementations hand over and return. */
public interface Aftermath {
    /** Physical switches send nothing to these vNICs' former uplinks any more. */
    void formerUplinksLeft(Map<VnicId, Placement> vnics);

    /** All placements of this bridge's vNICs up to this revision have been announced. */
    void announcedUpTo(DatapathId bridge, long revision);
}
