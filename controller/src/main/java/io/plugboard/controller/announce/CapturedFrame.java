package io.plugboard.controller.announce;

import io.plugboard.compiler.frame.Octets;
import java.time.Instant;
import java.util.Objects;

/**
 * A frame that was sent.
 *
 * @param time when it was
 * @param interfaceName where it went out, as a reader of the capture is to see it
 * @param frame without its check sequence
 * @param reason why it was sent, for people
 */
public record CapturedFrame(Instant time, String interfaceName, Octets frame, String reason) {
    public CapturedFrame {
        Objects.requireNonNull(time);
        Objects.requireNonNull(interfaceName);
        Objects.requireNonNull(frame);
        Objects.requireNonNull(reason);
    }
}
