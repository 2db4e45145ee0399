/** What the compiler is given: everything that one bridge's program follows from, and nothing else. */
@NullMarked
package io.plugboard.compiler.view;

import org.jspecify.annotations.NullMarked;
