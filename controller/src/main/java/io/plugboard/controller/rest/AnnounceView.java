package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.AnnounceLimit;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy of announcements as the API takes and shows it: what is given, and nothing of what is inherited. */
record AnnounceView(
        @Nullable Integer rounds,
        @Nullable Long initialMs,
        @Nullable Long stepMs,
        @Nullable Long maxMs,
        @Nullable Integer queries,
        @Nullable Long querySpacingMs,
        @Nullable Integer igmpVersion,
        @Nullable String igmpQuerySource,
        @Nullable Integer mldVersion,
        @Nullable String mldQuerySource,
        @Nullable Long maxResponseMs,
        @Nullable Integer robustness,
        @Nullable Long queryIntervalMs,
        @Nullable Boolean reportKnownGroups) {

    static Optional<AnnouncePolicy> read(JsonNode node, String pointer, Findings findings) {
        return Fields.of(node, pointer, findings).map(fields -> {
            AnnouncePolicy policy = new AnnouncePolicy(
                    count(fields, AnnounceLimit.ROUNDS),
                    time(fields, AnnounceLimit.INITIAL),
                    time(fields, AnnounceLimit.STEP),
                    time(fields, AnnounceLimit.MAX),
                    count(fields, AnnounceLimit.QUERIES),
                    time(fields, AnnounceLimit.QUERY_SPACING),
                    count(fields, AnnounceLimit.IGMP_VERSION),
                    fields.optional("igmpQuerySource", Fields.text(AnnounceView::igmpQuerySource)),
                    count(fields, AnnounceLimit.MLD_VERSION),
                    fields.optional("mldQuerySource", Fields.text(AnnounceView::mldQuerySource)),
                    time(fields, AnnounceLimit.MAX_RESPONSE),
                    count(fields, AnnounceLimit.ROBUSTNESS),
                    time(fields, AnnounceLimit.QUERY_INTERVAL),
                    fields.optional("reportKnownGroups", Fields.flag()));
            fields.nothingElse();
            return policy;
        });
    }

    private static Optional<Integer> count(Fields fields, AnnounceLimit limit) {
        return fields.optional(limit.field(), Fields.integer(limit::count));
    }

    private static Optional<Duration> time(Fields fields, AnnounceLimit limit) {
        return fields.optional(limit.field(), Fields.integer(limit::duration));
    }

    private static Ipv4Address igmpQuerySource(String text) {
        return AnnouncePolicy.requireIgmpQuerySource(Ipv4Address.parse(text));
    }

    private static Ipv6Address mldQuerySource(String text) {
        return AnnouncePolicy.requireMldQuerySource(Ipv6Address.parse(text));
    }

    static AnnounceView of(AnnouncePolicy policy) {
        return new AnnounceView(
                given(policy.rounds()),
                ms(policy.initial()),
                ms(policy.step()),
                ms(policy.max()),
                given(policy.queries()),
                ms(policy.querySpacing()),
                given(policy.igmpVersion()),
                given(policy.igmpQuerySource().map(Ipv4Address::toString)),
                given(policy.mldVersion()),
                given(policy.mldQuerySource().map(Ipv6Address::toString)),
                ms(policy.maxResponse()),
                given(policy.robustness()),
                ms(policy.queryInterval()),
                given(policy.reportKnownGroups()));
    }

    private static @Nullable Long ms(Optional<Duration> time) {
        return given(time.map(Duration::toMillis));
    }

    private static <T> @Nullable T given(Optional<T> value) {
        return value.orElse(null);
    }
}
