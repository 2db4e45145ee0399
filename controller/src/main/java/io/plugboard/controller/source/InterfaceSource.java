package io.plugboard.controller.source;

import io.plugboard.ovsdb.row.InterfaceRow;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.topology.model.DatapathId;

/** Everything that a reading of a row of the table Interface follows from. */
record InterfaceSource(InterfaceRow row, PortRow port, DatapathId bridge) {}
