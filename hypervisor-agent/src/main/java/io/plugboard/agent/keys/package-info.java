/**
 * What is known of guests' cards, and how it comes into external_ids of their Interfaces: each source tells the
 * {@link io.plugboard.agent.keys.KeyWriter} its {@link io.plugboard.agent.keys.Card}s.
 */
@org.jspecify.annotations.NullMarked
package io.plugboard.agent.keys;
