package io.plugboard.controller.config;

import io.plugboard.topology.model.AnnounceLimit;
import io.plugboard.topology.model.AnnouncePolicy;
import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How vNICs are announced where their port group does not say: the settings under {@code announce}. */
final class AnnounceOptions {
    @Option(
            names = "--announce-rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Frames of announcements a second and bridge at most"
                    + " (PLUGBOARD_ANNOUNCE_RATE; announce.rate). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.rate")
    private int rate;

    @Option(
            names = "--announce-rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often the place of a vNIC is announced"
                    + " (PLUGBOARD_ANNOUNCE_ROUNDS; announce.rounds). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.rounds")
    private int rounds;

    @Option(
            names = "--announce-initial-ms",
            paramLabel = "MS",
            defaultValue = "50",
            description = "From the first round to the second"
                    + " (PLUGBOARD_ANNOUNCE_INITIAL_MS; announce.initialMs). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.initialMs")
    private long initialMs;

    @Option(
            names = "--announce-step-ms",
            paramLabel = "MS",
            defaultValue = "100",
            description = "So much longer is each further pause than the one before"
                    + " (PLUGBOARD_ANNOUNCE_STEP_MS; announce.stepMs). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.stepMs")
    private long stepMs;

    @Option(
            names = "--announce-max-ms",
            paramLabel = "MS",
            defaultValue = "550",
            description =
                    "The longest pause" + " (PLUGBOARD_ANNOUNCE_MAX_MS; announce.maxMs). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.maxMs")
    private long maxMs;

    @Option(
            names = "--announce-queries",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often a guest is asked for its multicast memberships; 0 asks nothing"
                    + " (PLUGBOARD_ANNOUNCE_QUERIES; announce.queries). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.queries")
    private int queries;

    @Option(
            names = "--announce-query-spacing-ms",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "From one query to the next"
                    + " (PLUGBOARD_ANNOUNCE_QUERY_SPACING_MS; announce.querySpacingMs). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.querySpacingMs")
    private long querySpacingMs;

    @Option(
            names = "--announce-igmp-version",
            paramLabel = "N",
            defaultValue = "3",
            description = "Of the queries: 2 or 3"
                    + " (PLUGBOARD_ANNOUNCE_IGMP_VERSION; announce.igmpVersion). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.igmpVersion")
    private int igmpVersion;

    @Option(
            names = "--announce-igmp-query-source",
            paramLabel = "ADDRESS",
            defaultValue = "0.0.0.0",
            converter = Ipv4.class,
            description = "Where IGMP queries come from"
                    + " (PLUGBOARD_ANNOUNCE_IGMP_QUERY_SOURCE; announce.igmpQuerySource). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.igmpQuerySource")
    @SuppressWarnings("NullAway.Init")
    private Ipv4Address igmpQuerySource;

    @Option(
            names = "--announce-mld-version",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of the queries: 1 or 2"
                    + " (PLUGBOARD_ANNOUNCE_MLD_VERSION; announce.mldVersion). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.mldVersion")
    private int mldVersion;

    @Option(
            names = "--announce-mld-query-source",
            paramLabel = "ADDRESS",
            defaultValue = "fe80::ffff:ffff:ffff:ffff",
            converter = Ipv6.class,
            description = "Where MLD queries come from: a link-local address"
                    + " (PLUGBOARD_ANNOUNCE_MLD_QUERY_SOURCE; announce.mldQuerySource). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.mldQuerySource")
    @SuppressWarnings("NullAway.Init")
    private Ipv6Address mldQuerySource;

    @Option(
            names = "--announce-max-response-ms",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "Within which guests answer"
                    + " (PLUGBOARD_ANNOUNCE_MAX_RESPONSE_MS; announce.maxResponseMs). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.maxResponseMs")
    private long maxResponseMs;

    @Option(
            names = "--announce-robustness",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of the querier (QRV)"
                    + " (PLUGBOARD_ANNOUNCE_ROBUSTNESS; announce.robustness). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.robustness")
    private int robustness;

    @Option(
            names = "--announce-query-interval-ms",
            paramLabel = "MS",
            defaultValue = "125000",
            description = "The querier's query interval (QQIC), of which a query says whole seconds"
                    + " (PLUGBOARD_ANNOUNCE_QUERY_INTERVAL_MS; announce.queryIntervalMs). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.queryIntervalMs")
    private long queryIntervalMs;

    @Option(
            names = "--announce-report-known-groups",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description =
                    "Whether known memberships are reported in the guest's name at once"
                            + " (PLUGBOARD_ANNOUNCE_REPORT_KNOWN_GROUPS; announce.reportKnownGroups). Default: ${DEFAULT-VALUE}",
            descriptionKey = "announce.reportKnownGroups")
    private boolean reportKnownGroups;

    /** Frames a second; not checked. */
    int rate() {
        return rate;
    }

    /** @throws IllegalArgumentException when a setting cannot be; the message names it */
    AnnouncePolicy policy() {
        try {
            return new AnnouncePolicy(
                    Optional.of(rounds),
                    Optional.of(AnnounceLimit.INITIAL.duration(initialMs)),
                    Optional.of(AnnounceLimit.STEP.duration(stepMs)),
                    Optional.of(AnnounceLimit.MAX.duration(maxMs)),
                    Optional.of(queries),
                    Optional.of(AnnounceLimit.QUERY_SPACING.duration(querySpacingMs)),
                    Optional.of(igmpVersion),
                    Optional.of(igmpQuerySource),
                    Optional.of(mldVersion),
                    Optional.of(mldQuerySource),
                    Optional.of(AnnounceLimit.MAX_RESPONSE.duration(maxResponseMs)),
                    Optional.of(robustness),
                    Optional.of(AnnounceLimit.QUERY_INTERVAL.duration(queryIntervalMs)),
                    Optional.of(reportKnownGroups));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("announce." + wrong.getMessage(), wrong);
        }
    }

    private static final class Ipv4 implements ITypeConverter<Ipv4Address> {
        @Override
        public Ipv4Address convert(String text) {
            try {
                return Ipv4Address.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException("'" + text + "' is not an IPv4 address such as 192.0.2.1");
            }
        }
    }

    private static final class Ipv6 implements ITypeConverter<Ipv6Address> {
        @Override
        public Ipv6Address convert(String text) {
            try {
                return Ipv6Address.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException("'" + text + "' is not an IPv6 address such as fe80::1");
            }
        }
    }
}
