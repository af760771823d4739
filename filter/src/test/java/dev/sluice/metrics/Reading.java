package dev.sluice.metrics;

/** What one system of metrics shows at a moment, by the names of OpenTelemetry. */
interface Reading {

    /**
     * The number that is shown.
     *
     * @param tags names and values by turns, in the order of {@link Instrument#tags}
     * @throws AssertionError if there is no such number
     */
    double of(String name, String... tags);

    /** How many numbers of one filter are shown. */
    int size();
}
