package io.plugboard.controller.observe;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.VnicId;
import java.util.Optional;

/**
 * The status of a vNIC has become another one.
 *
 * @param bridge where it is plugged in
 * @param before empty when it was not plugged in there before
 */
public record VnicChange(VnicId vnic, DatapathId bridge, Optional<VnicStatus> before, VnicStatus after) {}
