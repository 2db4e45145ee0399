/**
 * The page and the picture of the pipeline in docs/, written from what the code declares.
 *
 * <p>Start at {@link io.plugboard.compiler.docs.PipelinePageTest}, which fails when they are stale.
 */
@NullMarked
package io.plugboard.compiler.docs;

import org.jspecify.annotations.NullMarked;
