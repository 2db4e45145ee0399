/**
 * Reads what a network namespace's devices want to receive, as the kernel knows it: for containers, and for the hosts of
 * Mininet. A {@link io.plugboard.agent.netns.NamespaceWatch} follows one namespace.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.agent.netns;
