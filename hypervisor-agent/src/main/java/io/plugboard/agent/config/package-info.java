/** The command line of the agent. */
@org.jspecify.annotations.NullMarked
package io.plugboard.agent.config;
