/**
 * The clock of announcements: pacing, rounds, open queries and their answers; and what was sent, for people to look at.
 *
 * <p>Start at {@link io.plugboard.controller.announce.BridgeAnnouncer}; what is said, and when, is
 * {@link io.plugboard.compiler.announce.AnnouncementPlan}.
 */
@NullMarked
package io.plugboard.controller.announce;

import org.jspecify.annotations.NullMarked;
