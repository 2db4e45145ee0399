package io.plugboard.controller.reconcile;

import io.plugboard.compiler.ir.Cookie;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.PacketOut;
import io.plugboard.compiler.ir.SwitchProfile;
import io.plugboard.topology.model.DatapathId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The way down to one switch, for as long as one session lasts. Every method returns at once, from any thread; stages
 * complete on the session's event loop, in the order in which they were asked for, and exceptionally with a
 * {@link ConnectionLost} when the session ends first.
 */
public interface SwitchConnection {
    DatapathId datapathId();

    SwitchProfile profile();

    /** The switch's address, {@code host:port}, for people. */
    String address();

    /**
     * Sends these commands in this order and a barrier behind them, as fast as the switch reads. Completes when the
     * barrier's reply is there, with what the switch refused: everything else is in force then.
     */
    CompletionStage<List<Refusal>> send(List<SwitchCommand> commands);

    /**
     * Sends these commands in this order as one bundle and a barrier behind it, to a switch whose profile has bundles: no
     * frame meets some of them and not the others. Completes when the barrier's reply is there. Fails with a
     * {@link RequestRefused} when what the switch says of it contradicts itself, and nobody knows what it has applied.
     */
    CompletionStage<BundleOutcome> sendAtomically(List<SwitchCommand> commands);

    /**
     * Sends these frames in this order, behind all that was asked for before. Completes when the socket has taken them; what
     * the switch refuses of them it says in {@link SwitchEvents#complained}.
     */
    CompletionStage<Void> emit(List<PacketOut> packets);

    /** Reads all flows of all tables and all groups. */
    CompletionStage<Installed> readBack();

    /** The counters of all ports, by number. */
    CompletionStage<Map<Integer, PortCounters>> portCounters();

    /** The flows of this table whose cookies agree with this one under the mask. */
    CompletionStage<List<InstalledFlow>> flows(FlowTable table, Cookie cookie, long cookieMask);

    /** Ends the session; the reason is for the log. */
    void close(String reason);
}
