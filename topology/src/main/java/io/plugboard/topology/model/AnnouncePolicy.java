package io.plugboard.topology.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How physical switches are told where vNICs are, and guests asked for their memberships. Each setting by itself is
 * inherited where it is not given: a port group's goes over the controller's, and that over
 * {@link AnnounceSettings#DEFAULT}, which also says what each is. Numbers have the bounds of {@link AnnounceLimit}.
 */
public record AnnouncePolicy(
        Optional<Integer> rounds,
        Optional<Duration> initial,
        Optional<Duration> step,
        Optional<Duration> max,
        Optional<Integer> queries,
        Optional<Duration> querySpacing,
        Optional<Integer> igmpVersion,
        Optional<Ipv4Address> igmpQuerySource,
        Optional<Integer> mldVersion,
        Optional<Ipv6Address> mldQuerySource,
        Optional<Duration> maxResponse,
        Optional<Integer> robustness,
        Optional<Duration> queryInterval,
        Optional<Boolean> reportKnownGroups) {
    /** Nothing is given. */
    public static final AnnouncePolicy INHERITED = new AnnouncePolicy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public AnnouncePolicy {
        AnnounceLimit.ROUNDS.check(rounds);
        AnnounceLimit.INITIAL.checkTime(initial);
        AnnounceLimit.STEP.checkTime(step);
        AnnounceLimit.MAX.checkTime(max);
        AnnounceLimit.QUERIES.check(queries);
        AnnounceLimit.QUERY_SPACING.checkTime(querySpacing);
        AnnounceLimit.IGMP_VERSION.check(igmpVersion);
        igmpQuerySource.ifPresent(AnnouncePolicy::requireIgmpQuerySource);
        AnnounceLimit.MLD_VERSION.check(mldVersion);
        mldQuerySource.ifPresent(AnnouncePolicy::requireMldQuerySource);
        AnnounceLimit.MAX_RESPONSE.checkTime(maxResponse);
        AnnounceLimit.ROBUSTNESS.check(robustness);
        AnnounceLimit.QUERY_INTERVAL.checkTime(queryInterval);
        Objects.requireNonNull(reportKnownGroups);
    }

    /**
     * Returns this address if an IGMP query can come from it.
     *
     * @throws IllegalArgumentException when none can; the message says why
     */
    public static Ipv4Address requireIgmpQuerySource(Ipv4Address source) {
        if (!source.isAssignable() && !source.isUnspecified()) {
            throw new IllegalArgumentException(
                    "igmpQuerySource is 0.0.0.0 or an address of one network card, not " + source);
        }
        return source;
    }

    /**
     * Returns this address if an MLD query can come from it.
     *
     * @throws IllegalArgumentException when none can: guests take queries from link-local addresses alone (RFC 3810,
     *     section 5.1.14)
     */
    public static Ipv6Address requireMldQuerySource(Ipv6Address source) {
        if (!source.isLinkLocal()) {
            throw new IllegalArgumentException("mldQuerySource is a link-local address (fe80::/10), not " + source);
        }
        return source;
    }

    /** These settings, and the other's where these are not given. */
    public AnnouncePolicy over(AnnouncePolicy other) {
        return new AnnouncePolicy(
                rounds.or(other::rounds),
                initial.or(other::initial),
                step.or(other::step),
                max.or(other::max),
                queries.or(other::queries),
                querySpacing.or(other::querySpacing),
                igmpVersion.or(other::igmpVersion),
                igmpQuerySource.or(other::igmpQuerySource),
                mldVersion.or(other::mldVersion),
                mldQuerySource.or(other::mldQuerySource),
                maxResponse.or(other::maxResponse),
                robustness.or(other::robustness),
                queryInterval.or(other::queryInterval),
                reportKnownGroups.or(other::reportKnownGroups));
    }

    /** These settings, and the defaults where these are not given. */
    public AnnounceSettings settings() {
        AnnounceSettings usual = AnnounceSettings.DEFAULT;
        return new AnnounceSettings(
                rounds.orElse(usual.rounds()),
                initial.orElse(usual.initial()),
                step.orElse(usual.step()),
                max.orElse(usual.max()),
                queries.orElse(usual.queries()),
                querySpacing.orElse(usual.querySpacing()),
                igmpVersion.orElse(usual.igmpVersion()),
                igmpQuerySource.orElse(usual.igmpQuerySource()),
                mldVersion.orElse(usual.mldVersion()),
                mldQuerySource.orElse(usual.mldQuerySource()),
                maxResponse.orElse(usual.maxResponse()),
                robustness.orElse(usual.robustness()),
                queryInterval.orElse(usual.queryInterval()),
                reportKnownGroups.orElse(usual.reportKnownGroups()));
    }
}
