/** What hypervisors say in their own databases, made true by the whole controller on real Open vSwitches. */
@NullMarked
package io.plugboard.it.ovsdb;

import org.jspecify.annotations.NullMarked;
