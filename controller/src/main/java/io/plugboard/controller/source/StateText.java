package io.plugboard.controller.source;

import io.plugboard.controller.observe.MigrationStatus;
import io.plugboard.controller.observe.VnicStatus;
import io.plugboard.controller.service.Switches;
import io.plugboard.topology.model.VnicId;
import java.util.Locale;
import java.util.Optional;

/** What is written back into a row: {@code active}, or how it is instead, a colon, and why. */
final class StateText {
    private static final int LONGEST = 299;

    private StateText() {}

    /** @return empty when nothing is to stand there */
    static Optional<String> of(VnicId id, Verdict verdict, Switches switches) {
        return switch (verdict.kind()) {
            case ACTIVE -> Optional.of(active(switches.vnic(id)));
            case PREPARED -> Optional.of(prepared(switches.migration(id)));
            case WAITING -> Optional.of(text("pending", verdict.reason()));
            case REFUSED -> Optional.of(refused(verdict.reason()));
            case CONFLICT -> Optional.of(text("conflict", verdict.reason()));
            case NOT_OURS -> Optional.empty();
        };
    }

    static String refused(String reason) {
        return text("refused", reason);
    }

    private static String active(Optional<VnicStatus> status) {
        return status.map(seen -> text(name(seen.state()), seen.reason())).orElse("pending:new");
    }

    private static String prepared(Optional<MigrationStatus> status) {
        return status.map(seen -> text(name(seen.state()), seen.reason())).orElse("pending:new");
    }

    private static String name(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String text(String state, String reason) {
        return Shortened.to(LONGEST, reason.isEmpty() ? state : state + ":" + reason);
    }
}
