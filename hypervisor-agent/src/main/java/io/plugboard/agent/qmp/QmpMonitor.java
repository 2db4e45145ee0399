package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What takes commands for one QEMU. To be used on the thread that tells its {@link QmpListener}. */
public interface QmpMonitor {

    /** Completes with what QEMU returns; exceptionally with {@link QmpFailure}. */
    CompletionStage<JsonNode> execute(String command, ObjectNode arguments);

    /** Does this later on the same thread, unless the monitor has ended by then. */
    void later(Duration pause, Runnable action);
}
