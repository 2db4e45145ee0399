package io.plugboard.controller.announce;

import io.plugboard.topology.model.VnicId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A desk with the log that a test writes, and the answers that it gives. */
public final class FakeAnnouncementDesk implements AnnouncementDesk {
    private final AnnouncementLog log = new AnnouncementLog();
    private final Map<VnicId, Integer> frames = new ConcurrentHashMap<>();

    @Override
    public AnnouncementLog log() {
        return log;
    }

    /** @param record made with the number that it is given */
    public void sent(Function<Long, AnnouncementRecord> record) {
        log.add(record);
    }

    /** From now on so many frames are planned when this vNIC is to be announced. */
    public void plan(VnicId id, int planned) {
        frames.put(id, planned);
    }

    @Override
    public CompletionStage<Planned> announce(VnicId id) {
        return Optional.ofNullable(frames.get(id))
                .map(planned -> CompletableFuture.completedStage(new Planned(planned)))
                .orElseGet(() -> CompletableFuture.failedStage(
                        new NotAnnounced("vNIC '" + id + "' is not active: bridge 00000000000000a1 is not connected")));
    }
}
