package io.plugboard.compiler.model;

import java.util.List;

/** One bridge: a frame comes in, copies leave. */
@FunctionalInterface
public interface Vswitch {

    /**
     * The copies, one entry each: a port that is in it twice gets two.
     *
     * @param port where the frame comes in, unsigned
     */
    List<Copy> receive(int port, ModelFrame frame);
}
