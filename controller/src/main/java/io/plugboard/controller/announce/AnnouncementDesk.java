package io.plugboard.controller.announce;

import io.plugboard.topology.model.VnicId;
import java.util.concurrent.CompletionStage;

/** What people can ask of announcements. */
public interface AnnouncementDesk {
    /** What was sent. */
    AnnouncementLog log();

    /**
     * Announces a vNIC now, as after a migration. Completes when its frames are planned, exceptionally with
     * {@link NotAnnounced} when it is not active or its policy says that nothing is announced.
     */
    CompletionStage<Planned> announce(VnicId id);

    /**
     * What is about to be sent.
     *
     * @param frames how many
     */
    record Planned(int frames) {}

    /** Nothing is sent; the message says why. */
    final class NotAnnounced extends Exception {
        private static final long serialVersionUID = 1L;

        public NotAnnounced(String why) {
            super(why);
        }
    }
}
