/**
 * What follows from a topology: the flows and groups of each bridge, as pure functions.
 *
 * <p>Start reading at {@code FlowCompiler}, then at {@code FlowTable}, the map of the data plane.
 */
@NullMarked
package io.plugboard.compiler;

import org.jspecify.annotations.NullMarked;
