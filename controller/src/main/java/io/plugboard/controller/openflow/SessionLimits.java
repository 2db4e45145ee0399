package io.plugboard.controller.openflow;

import java.time.Duration;

/**
 * How long a session waits, and how much it takes.
 *
 * @param handshake from the accept until the handshake is through, after which a connection without it is closed
 * @param idle without a frame from the switch, after which it gets an echo request; it is closed when two of them have not
 *     been answered for as long each
 * @param probe how long an echo request may take when a second session has come with the same datapath id
 * @param answer from a request's last octet until its answer is whole
 * @param replyBytes the largest multipart reply, over all of its parts
 * @param sessions how many connections there may be at a time, handshakes included
 */
public record SessionLimits(
        Duration handshake, Duration idle, Duration probe, Duration answer, long replyBytes, int sessions) {

    public static SessionLimits defaults() {
        return new SessionLimits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                256L << 20,
                16_384);
    }
}
