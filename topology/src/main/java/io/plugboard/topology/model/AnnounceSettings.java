package io.plugboard.topology.model;

import java.time.Duration;
import java.util.Optional;

/**
 * An {@link AnnouncePolicy} in which everything is given.
 *
 * @param rounds how often a vNIC's place is announced
 * @param initial from the first round to the second
 * @param step so much longer is each further pause than the one before
 * @param max the longest pause
 * @param queries how often its guest is asked for its memberships; 0 asks nothing
 * @param querySpacing from one query to the next
 * @param igmpVersion of the queries: 2 or 3. A query of version 2 puts a Linux guest into that version for minutes
 * @param igmpQuerySource Linux guests take queries from 0.0.0.0, and check the route to any other address
 * @param mldVersion of the queries: 1 or 2
 * @param maxResponse within which the guest answers. What the field of a query cannot say exactly is made shorter
 * @param robustness the querier's robustness variable, QRV
 * @param queryInterval the querier's query interval, QQIC. What its field cannot say exactly is made shorter
 * @param reportKnownGroups whether memberships known already are reported, in the guest's name, before it answers
 */
public record AnnounceSettings(
        int rounds,
        Duration initial,
        Duration step,
        Duration max,
        int queries,
        Duration querySpacing,
        int igmpVersion,
        Ipv4Address igmpQuerySource,
        int mldVersion,
        Ipv6Address mldQuerySource,
        Duration maxResponse,
        int robustness,
        Duration queryInterval,
        boolean reportKnownGroups) {
    /** QEMU's schedule of announce-self, 0, 50, 200, 450 and 800 ms; and ESX's way to ask: twice, IGMPv3, MLDv2. */
    public static final AnnounceSettings DEFAULT = new AnnounceSettings(
            5,
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(550),
            2,
            Duration.ofSeconds(1),
            3,
            Ipv4Address.UNSPECIFIED,
            2,
            Ipv6Address.parse("fe80::ffff:ffff:ffff:ffff"),
            Duration.ofSeconds(1),
            2,
            Duration.ofSeconds(125),
            true);

    /** With the bounds of a policy. */
    public AnnounceSettings {
        new AnnouncePolicy(
                Optional.of(rounds),
                Optional.of(initial),
                Optional.of(step),
                Optional.of(max),
                Optional.of(queries),
                Optional.of(querySpacing),
                Optional.of(igmpVersion),
                Optional.of(igmpQuerySource),
                Optional.of(mldVersion),
                Optional.of(mldQuerySource),
                Optional.of(maxResponse),
                Optional.of(robustness),
                Optional.of(queryInterval),
                Optional.of(reportKnownGroups));
    }
}
