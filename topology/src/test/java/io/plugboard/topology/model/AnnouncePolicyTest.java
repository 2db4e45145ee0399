package io.plugboard.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncePolicyTest {
    private static final AnnouncePolicy INHERITED = AnnouncePolicy.INHERITED;
    private static final Ipv6Address QUERIER = Ipv6Address.parse("fe80::1");

    /** Everything is given, and nothing is as in the defaults. */
    private static final AnnouncePolicy OWN = new AnnouncePolicy(
            Optional.of(3),
            Optional.of(Duration.ofMillis(10)),
            Optional.of(Duration.ofMillis(20)),
            Optional.of(Duration.ofMillis(30)),
            Optional.of(4),
            Optional.of(Duration.ofMillis(500)),
            Optional.of(2),
            Optional.of(Ipv4Address.parse("192.0.2.1")),
            Optional.of(1),
            Optional.of(QUERIER),
            Optional.of(Duration.ofMillis(200)),
            Optional.of(7),
            Optional.of(Duration.ofSeconds(60)),
            Optional.of(false));

    private static AnnouncePolicy rounds(int rounds) {
        return only(AnnounceLimit.ROUNDS, rounds, Duration.ZERO);
    }

    private static AnnouncePolicy maxResponse(Duration time) {
        return only(AnnounceLimit.MAX_RESPONSE, 0, time);
    }

    /** A policy that gives one of its numbers, as a count or as a time, whichever that is. */
    private static AnnouncePolicy only(AnnounceLimit given, int count, Duration time) {
        Function<AnnounceLimit, Optional<Integer>> counts =
                limit -> Optional.of(count).filter(it -> limit == given);
        Function<AnnounceLimit, Optional<Duration>> times =
                limit -> Optional.of(time).filter(it -> limit == given);
        return new AnnouncePolicy(
                counts.apply(AnnounceLimit.ROUNDS),
                times.apply(AnnounceLimit.INITIAL),
                times.apply(AnnounceLimit.STEP),
                times.apply(AnnounceLimit.MAX),
                counts.apply(AnnounceLimit.QUERIES),
                times.apply(AnnounceLimit.QUERY_SPACING),
                counts.apply(AnnounceLimit.IGMP_VERSION),
                Optional.empty(),
                counts.apply(AnnounceLimit.MLD_VERSION),
                Optional.empty(),
                times.apply(AnnounceLimit.MAX_RESPONSE),
                counts.apply(AnnounceLimit.ROBUSTNESS),
                times.apply(AnnounceLimit.QUERY_INTERVAL),
                Optional.empty());
    }

    private static AnnouncePolicy queriers(Optional<Ipv4Address> igmp, Optional<Ipv6Address> mld) {
        return new AnnouncePolicy(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                igmp,
                Optional.empty(),
                mld,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whatNobodyGivesIsTheDefault() {
        assertThat(INHERITED.settings()).isEqualTo(AnnounceSettings.DEFAULT);
        assertThat(rounds(1).settings().rounds()).isEqualTo(1);
        assertThat(rounds(1).settings().queries()).isEqualTo(AnnounceSettings.DEFAULT.queries());
    }

    @Test
    void whatIsGivenStandsOverTheOther() {
        assertThat(INHERITED.over(OWN)).isEqualTo(OWN);
        assertThat(OWN.over(INHERITED)).isEqualTo(OWN);
        assertThat(OWN.over(rounds(9))).isEqualTo(OWN);
        assertThat(rounds(9).over(OWN).rounds()).contains(9);
        assertThat(rounds(9).over(OWN).reportKnownGroups()).contains(false);
    }

    @Test
    void everySettingThatIsGivenIsInForce() {
        assertThat(OWN.settings())
                .isEqualTo(new AnnounceSettings(
                        3,
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(30),
                        4,
                        Duration.ofMillis(500),
                        2,
                        Ipv4Address.parse("192.0.2.1"),
                        1,
                        QUERIER,
                        Duration.ofMillis(200),
                        7,
                        Duration.ofSeconds(60),
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ROUNDS | 0 | rounds is 1 to 100, not 0",
                "ROUNDS | 101 | rounds is 1 to 100, not 101",
                "INITIAL | -1 | initialMs is 0 to 100000 ms, not -1 ms",
                "INITIAL | 100001 | initialMs is 0 to 100000 ms, not 100001 ms",
                "STEP | 10001 | stepMs is 0 to 10000 ms, not 10001 ms",
                "MAX | 100001 | maxMs is 0 to 100000 ms, not 100001 ms",
                "QUERIES | 11 | queries is 0 to 10, not 11",
                "QUERY_SPACING | 60001 | querySpacingMs is 0 to 60000 ms, not 60001 ms",
                "IGMP_VERSION | 1 | igmpVersion is 2 or 3, not 1",
                "MLD_VERSION | 3 | mldVersion is 1 or 2, not 3",
                "MAX_RESPONSE | 99 | maxResponseMs is 100 to 25500 ms, not 99 ms",
                "MAX_RESPONSE | 25501 | maxResponseMs is 100 to 25500 ms, not 25501 ms",
                "ROBUSTNESS | 8 | robustness is 1 to 7, not 8",
                "QUERY_INTERVAL | 999 | queryIntervalMs is 1000 to 31744000 ms, not 999 ms",
                "QUERY_INTERVAL | 9223372036854775807 | queryIntervalMs is 1000 to 31744000 ms, not 9223372036854775807 ms",
            })
    void aBoundIsNamedWithItsFieldAndUnit(AnnounceLimit limit, long value, String message) {
        assertThatThrownBy(() -> limit.duration(value)).hasMessage(message);
        assertThatThrownBy(() -> limit.count(value)).hasMessage(message);
    }

    @Test
    void aNumberWithinItsBoundsIsACountOrATimeOfItsUnit() {
        assertThat(AnnounceLimit.ROUNDS.count(1)).isEqualTo(1);
        assertThat(AnnounceLimit.ROUNDS.count(100)).isEqualTo(100);
        assertThat(AnnounceLimit.INITIAL.duration(0)).isEqualTo(Duration.ZERO);
        assertThat(AnnounceLimit.QUERY_INTERVAL.duration(1500)).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @EnumSource(AnnounceLimit.class)
    void aPolicyHoldsTheBoundsOfEachOfItsNumbers(AnnounceLimit limit) {
        assertThatThrownBy(() -> only(limit, 1000, Duration.ofHours(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(limit.field() + " is ");
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(rounds(1).rounds()).contains(1);
        assertThat(only(AnnounceLimit.INITIAL, 0, Duration.ZERO).initial()).contains(Duration.ZERO);
        assertThat(maxResponse(Duration.ofMillis(25_500)).maxResponse()).contains(Duration.ofMillis(25_500));
    }

    static Stream<Duration> timesThatNoFieldCanSay() {
        return Stream.of(
                Duration.ofNanos(100_000_001),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofMillis(-1));
    }

    @ParameterizedTest
    @MethodSource("timesThatNoFieldCanSay")
    void aTimeIsAWholeNumberOfItsUnit(Duration time) {
        assertThatThrownBy(() -> maxResponse(time)).hasMessage("maxResponseMs is 100 to 25500 ms, not " + time);
    }

    @Test
    void everyFieldHasANameOfItsOwn() {
        assertThat(Arrays.stream(AnnounceLimit.values()).map(AnnounceLimit::field))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "255.255.255.255", "127.0.0.1", "0.0.0.1"})
    void anIgmpQueryComesFromOneNetworkCardOrFromNobody(String source) {
        Ipv4Address address = Ipv4Address.parse(source);
        String message = "igmpQuerySource is 0.0.0.0 or an address of one network card, not " + source;

        assertThatThrownBy(() -> AnnouncePolicy.requireIgmpQuerySource(address)).hasMessage(message);
        assertThatThrownBy(() -> queriers(Optional.of(address), Optional.empty()))
                .hasMessage(message);
    }

    @Test
    void aQuerierThatGuestsListenToIsTakenAsItIs() {
        Ipv4Address router = Ipv4Address.parse("192.0.2.1");

        assertThat(AnnouncePolicy.requireIgmpQuerySource(router)).isEqualTo(router);
        assertThat(AnnouncePolicy.requireIgmpQuerySource(Ipv4Address.UNSPECIFIED))
                .isEqualTo(Ipv4Address.UNSPECIFIED);
        assertThat(AnnouncePolicy.requireMldQuerySource(QUERIER)).isEqualTo(QUERIER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "2001:db8::1", "ff02::1"})
    void anMldQueryComesFromALinkLocalAddress(String source) {
        Ipv6Address address = Ipv6Address.parse(source);
        String message = "mldQuerySource is a link-local address (fe80::/10), not " + source;

        assertThatThrownBy(() -> AnnouncePolicy.requireMldQuerySource(address)).hasMessage(message);
        assertThatThrownBy(() -> queriers(Optional.empty(), Optional.of(address)))
                .hasMessage(message);
    }
}
