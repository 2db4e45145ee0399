/**
 * The contract as a switch in plain Java, without tables, flows or groups, and a physical network around it: what compiled
 * programs are held against. Knows the stored facts of the topology and nothing that the product concludes from them.
 *
 * <p>Start at {@link io.plugboard.compiler.model.ModelVswitch}.
 */
@NullMarked
package io.plugboard.compiler.model;

import org.jspecify.annotations.NullMarked;
