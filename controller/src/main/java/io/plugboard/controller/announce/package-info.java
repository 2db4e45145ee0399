/**
 * Announcements as they are sent, and kept for people to look at.
 *
 * <p>Start at {@link io.plugboard.controller.announce.CaptureRing}; what is said, and when, is
 * {@link io.plugboard.compiler.announce.AnnouncementPlan}.
 */
@NullMarked
package io.plugboard.controller.announce;

import org.jspecify.annotations.NullMarked;
