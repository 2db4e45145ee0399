package io.plugboard.controller.service;

import io.plugboard.compiler.FlowCompiler;
import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.simulate.Simulator;
import io.plugboard.compiler.simulate.Trace;
import io.plugboard.compiler.view.BridgeView;

/**
 * What becomes of a frame on one bridge, by what the bridge should have.
 *
 * @param view what that follows from
 */
public record FrameTrace(BridgeView view, Trace trace) {

    /** @param inPort unsigned */
    public static FrameTrace of(BridgeView view, int inPort, Frame frame) {
        return new FrameTrace(view, new Simulator(FlowCompiler.compile(view)).run(frame, inPort));
    }
}
