package io.plugboard.bench;

import java.util.List;

/** Quantiles of what was measured. */
final class Statistics {
    private Statistics() {}

    static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    /**
     * The value that this share of all values does not exceed; the nearest rank, without interpolation.
     *
     * @param share 0 to 1
     */
    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
