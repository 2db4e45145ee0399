package io.plugboard.agent.qmp;

import com.fasterxml.jackson.databind.JsonNode;

/** Who is told of one QEMU, on the thread that reads it. */
public interface QmpListener {

    /** It takes commands from now on. */
    void ready(QmpSession session);

    /** @param data of the event; missing where it has none */
    void event(QmpSession session, String name, JsonNode data);

    /** Told once for each session that was told as ready. */
    void closed(QmpSession session, String reason);

    /** Nobody listens at its socket: as far as anybody can tell there is no such QEMU. */
    void absent();
}
