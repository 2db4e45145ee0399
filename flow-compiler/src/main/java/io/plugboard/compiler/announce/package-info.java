/**
 * What is said when a vNIC becomes active in a place: to the physical switches, in its guest's name, and to the guest
 * itself; and what the guest answers.
 *
 * <p>Start at {@link io.plugboard.compiler.announce.AnnouncementPlan}. Each kind of frame has a file of its own;
 * {@link io.plugboard.compiler.announce.GuestReport} reads the answers. Nothing here sends, waits or remembers.
 */
@NullMarked
package io.plugboard.compiler.announce;

import org.jspecify.annotations.NullMarked;
