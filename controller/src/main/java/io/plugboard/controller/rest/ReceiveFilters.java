package io.plugboard.controller.rest;

import io.plugboard.topology.model.RxFilter;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Receive filters that come by other ways than a request, and look the same. */
public final class ReceiveFilters {
    private ReceiveFilters() {}

    /** @throws IllegalArgumentException when it is none; the message says what is wrong, and where */
    public static RxFilter read(String json) {
        try {
            Findings findings = new Findings();
            Optional<RxFilter> filter = RxFilterView.read(Json.read(Buffer.buffer(json)), "", findings);
            findings.refuse();
            return filter.orElseThrow();
        } catch (Refused refused) {
            throw new IllegalArgumentException(refused.problem().detail(), refused);
        }
    }
}
