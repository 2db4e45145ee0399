package io.plugboard.controller.observe;

import io.plugboard.compiler.announce.AnnouncementKind;
import io.plugboard.controller.announce.AnnouncementListener;
import io.plugboard.controller.announce.AnnouncementRecord;
import io.plugboard.topology.model.VnicId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what comes of announcements. */
public final class AnnouncementJournal implements AnnouncementListener {
    private static final Logger log = LoggerFactory.getLogger(AnnouncementJournal.class);

    @Override
    public void sent(AnnouncementRecord record) {
        log.debug("vNIC '{}': {} round {} on {}", record.vnic(), record.kind().word(), record.round(), record.port());
    }

    @Override
    public void answered(AnnouncementRecord query) {
        log.debug("vNIC '{}' has answered: {}", query.vnic(), query.answer());
    }

    @Override
    public void silent(VnicId vnic, AnnouncementKind query) {
        log.info("vNIC '{}' has been asked for its groups ({}) and has not answered", vnic, query.word());
    }

    @Override
    public void abandoned(VnicId vnic, String why) {
        log.info("vNIC '{}' is not announced any further: {}", vnic, why);
    }

    @Override
    public void unusable(VnicId vnic, String why) {
        log.debug("vNIC '{}': {}", vnic, why);
    }
}
