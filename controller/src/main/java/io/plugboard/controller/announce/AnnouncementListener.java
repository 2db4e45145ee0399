package io.plugboard.controller.announce;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.topology.model.VnicId;

/** Hears what is announced, and what comes of it. Called in a bridge's mailbox: implementations hand over and return. */
public interface AnnouncementListener {
    void sent(AnnouncementRecord record);

    /** A guest has answered a query for the first time; the record has the answer. */
    void answered(AnnouncementRecord query);

    /** A guest has been asked again, and has said nothing. */
    void silent(VnicId vnic, AnnouncementKind query);

    /** What was still to be sent is not. */
    void abandoned(VnicId vnic, String why);

    /** @param why a guest's report could not be read, a sentence */
    void unusable(VnicId vnic, String why);
}
