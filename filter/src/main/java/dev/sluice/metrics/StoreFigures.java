package dev.sluice.metrics;

import dev.sluice.store.FaultKind;
import dev.sluice.store.StoreObserver;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What has passed between this server and Redis. Safe for use by many threads. */
final class StoreFigures implements StoreObserver {

    /** From a Redis next door to the longest deadline that can be set. */
    private static final long[] DECISION_MICROS = {
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 10_000_000
    };

    private static final long[] CALL_REQUESTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private final Histogram decisions = new Histogram(
            LongStream.of(DECISION_MICROS).map(micros -> micros * 1_000).toArray());
    private final Histogram calls = new Histogram(CALL_REQUESTS);
    private final LongAdder[] faults =
            Stream.of(FaultKind.values()).map(kind -> new LongAdder()).toArray(LongAdder[]::new);
    private final LongAdder remembered = new LongAdder();
    private volatile IntSupplier openBreakers = () -> 0;

    @Override
    public void asked(long tookNanos) {
        decisions.record(tookNanos);
    }

    @Override
    public void called(int requests) {
        calls.record(requests);
    }

    @Override
    public void faulted(FaultKind kind) {
        faults[kind.ordinal()].increment();
    }

    @Override
    public void remembered() {
        remembered.increment();
    }

    /** From now on, how many breakers are open is asked there. */
    void breakers(IntSupplier open) {
        openBreakers = open;
    }

    Stream<Figure> figures() {
        Stream<Figure> single = Stream.of(
                Figure.of(Instrument.REMEMBERED, remembered::sum),
                Figure.of(Instrument.DECISIONS, decisions::count),
                Figure.of(Instrument.DECISIONS_TIME, decisions::sum),
                Figure.of(Instrument.CALLS, calls::count),
                Figure.of(Instrument.CALLS_REQUESTS, calls::sum),
                Figure.of(Instrument.BREAKER_OPEN, () -> openBreakers.getAsInt()));
        Stream<Figure> byKind = Stream.of(FaultKind.values())
                .map(kind -> Figure.of(
                        Instrument.FAULTS,
                        faults[kind.ordinal()]::sum,
                        kind.name().toLowerCase(Locale.ROOT)));
        return Stream.of(
                        single,
                        byKind,
                        within(Instrument.DECISIONS_WITHIN, decisions, StoreFigures::seconds),
                        within(Instrument.CALLS_WITHIN, calls, Long::toString))
                .flatMap(figures -> figures);
    }

    private static Stream<Figure> within(Instrument instrument, Histogram histogram, LongFunction<String> text) {
        return Stream.concat(
                histogram
                        .bounds()
                        .mapToObj(bound -> Figure.of(instrument, () -> histogram.within(bound), text.apply(bound))),
                Stream.of(Figure.of(instrument, histogram::count, "+Inf")));
    }

    /** {@code 0.0025} for 2 500 000: as Prometheus writes it, without an exponent. */
    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }
}
