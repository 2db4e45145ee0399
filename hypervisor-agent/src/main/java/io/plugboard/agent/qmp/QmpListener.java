package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;

/** Who is told of one QEMU, on one thread. */
public interface QmpListener {

    /** It takes commands from now on, and what was known of it may have changed. */
    void ready(QmpMonitor monitor);

    /** @param data of the event; missing where it has none */
    void event(QmpMonitor monitor, String name, JsonNode data);

    /** Nobody listens at its socket: its process is gone. A connection that has merely ended says nothing of the kind. */
    void absent();
}
