package io.plugboard.controller.source;

import io.plugboard.topology.model.RxFilter;

/** Reads a receive filter as the REST API does. */
@FunctionalInterface
public interface RxFilterReader {

    /** @throws IllegalArgumentException when it is none; the message says what is wrong, and where */
    RxFilter read(String json);
}
