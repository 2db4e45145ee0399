package io.plugboard.controller.observe;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.Map;

/**
 * What is, at the moment of a scrape.
 *
 * @param vnics how many are in each state
 * @param flowsInstalled of each bridge
 * @param spoofedFrames of the vNICs whose switches have told
 */
public record Figures(
        int switchesConnected,
        Map<VnicStatus.State, Long> vnics,
        Map<DatapathId, Integer> flowsInstalled,
        Map<VnicId, Long> spoofedFrames) {
    public static final Figures NONE = new Figures(0, Map.of(), Map.of(), Map.of());
}
