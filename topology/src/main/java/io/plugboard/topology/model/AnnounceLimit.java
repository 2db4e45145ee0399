package io.plugboard.topology.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The bounds of the numbers in an {@link AnnouncePolicy}. Each names its field as the API does. */
public enum AnnounceLimit {
    ROUNDS("rounds", Unit.NONE, 1, 100),
    /** QEMU's bounds for its announce-initial, announce-step and announce-max. */
    INITIAL("initialMs", Unit.MILLISECOND, 0, 100_000),
    STEP("stepMs", Unit.MILLISECOND, 0, 10_000),
    MAX("maxMs", Unit.MILLISECOND, 0, 100_000),
    QUERIES("queries", Unit.NONE, 0, 10),
    QUERY_SPACING("querySpacingMs", Unit.MILLISECOND, 0, 60_000),
    IGMP_VERSION("igmpVersion", Unit.NONE, 2, 3),
    MLD_VERSION("mldVersion", Unit.NONE, 1, 2),
    /**
     * From IGMP's unit, a tenth of a second, to what the octet of an IGMPv2 query can say (RFC 2236, section 2.2): so
     * every version can be asked with any value.
     */
    MAX_RESPONSE("maxResponseMs", Unit.MILLISECOND, 100, 25_500),
    /** The three bits of QRV; 0 there would say that it is not told (RFC 3376, section 4.1.6). */
    ROBUSTNESS("robustness", Unit.NONE, 1, 7),
    /** From QQIC's unit, a second, to the largest that its floating-point form can say (RFC 3376, section 4.1.7). */
    QUERY_INTERVAL("queryIntervalMs", Unit.MILLISECOND, 1000, 31_744_000);

    private enum Unit {
        NONE("", ChronoUnit.FOREVER),
        MILLISECOND(" ms", ChronoUnit.MILLIS);

        private final String suffix;
        private final ChronoUnit length;

        Unit(String suffix, ChronoUnit length) {
            this.suffix = suffix;
            this.length = length;
        }
    }

    private final String field;
    private final Unit unit;
    private final long lowest;
    private final long highest;

    AnnounceLimit(String field, Unit unit, long lowest, long highest) {
        this.field = field;
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** As the API names it, with its unit. */
    public String field() {
        return field;
    }

    /**
     * Returns a count within the bounds.
     *
     * @throws IllegalArgumentException outside of them; the message names the field, the unit and the bounds
     */
    public int count(long value) {
        return (int) checked(value);
    }

    /**
     * The time that a number of this field's unit is.
     *
     * @throws IllegalArgumentException outside of the bounds; the message names the field, the unit and the bounds
     */
    public Duration duration(long value) {
        return Duration.of(checked(value), unit.length);
    }

    void check(Optional<Integer> count) {
        count.ifPresent(this::count);
    }

    void checkTime(Optional<Duration> time) {
        time.ifPresent(given -> {
            boolean isSmall = given.compareTo(Duration.ZERO) >= 0 && given.compareTo(Duration.ofDays(1)) <= 0;
            if (!isSmall || !given.equals(given.truncatedTo(unit.length))) {
                throw outside(given.toString());
            }
            checked(given.dividedBy(unit.length.getDuration()));
        });
    }

    private long checked(long value) {
        if (value < lowest || value > highest) {
            throw outside(value + unit.suffix);
        }
        return value;
    }

    private IllegalArgumentException outside(String what) {
        String between = highest == lowest + 1 ? " or " : " to ";
        return new IllegalArgumentException(
                field + " is " + lowest + between + highest + unit.suffix + ", not " + what);
    }
}
