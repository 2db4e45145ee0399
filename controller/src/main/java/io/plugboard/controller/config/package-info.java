/**
 * Settings, and the one place where everything is wired together.
 *
 * <p>Start reading at {@code Main}.
 */
@NullMarked
package io.plugboard.controller.config;

import org.jspecify.annotations.NullMarked;
