package io.plugboard.controller.reconcile;

import java.util.List;

/**
 * What became of commands that were sent as one atomic bundle.
 *
 * @param applied whether all of them are in force, less what was refused; else none is
 * @param refusals those of them that the switch named; when it has applied nothing there may be more that it would refuse
 */
public record BundleOutcome(boolean applied, List<Refusal> refusals) {
    public BundleOutcome {
        refusals = List.copyOf(refusals);
    }
}
