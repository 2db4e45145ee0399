package io.plugboard.controller.observe;

import java.util.List;

/**
 * How a bridge is doing, in short.
 *
 * @param problems what is wrong, a sentence each; what its vNICs lack is theirs to say
 */
public record BridgeHealth(BridgeStatus.State state, List<String> problems) {
    public BridgeHealth {
        problems = List.copyOf(problems);
    }
}
