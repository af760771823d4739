package dev.sluice.bench;

import dev.sluice.testing.RedisServer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Single pieces under JMH: how long one takes on one thread, and what it allocates. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Pieces {

    private static final String PORT = "bench.redis.port";
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final int redisPort = Integer.getInteger(PORT, 0);
    private final Contender permitting = Limiter.SLUICE.open(redisPort, 1);
    private final Contender rejecting = Limiter.SLUICE.open(redisPort, 1);
    private final Contender pooled = Limiter.POOLED.open(redisPort, 1);
    private final StubExchange permitted = new StubExchange(redisPort, Scene.HOT, "203.0.113.5");
    private final StubExchange rejected = new StubExchange(redisPort, Scene.REJECTED, "203.0.113.6");

    /** Of one call: microseconds on the average, and bytes. */
    record Cost(double micros, double bytes) {}

    /** By the names of the methods. */
    static Map<String, Cost> measure(boolean quick) throws RunnerException {
        try (RedisServer redis = RedisServer.start()) {
            int times = quick ? 2 : 5;
            Map<String, Cost> costs = new LinkedHashMap<>();
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(Pieces.class.getName())
                            .addProfiler(GCProfiler.class)
                            .forks(1)
                            .threads(1)
                            .warmupIterations(quick ? 2 : 5)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(times)
                            .measurementTime(TimeValue.seconds(1))
                            .jvmArgsAppend("-D" + PORT + "=" + redis.port())
                            .build())
                    .run()) {
                String name = result.getParams().getBenchmark();
                costs.put(
                        name.substring(name.lastIndexOf('.') + 1),
                        new Cost(result.getPrimaryResult().getScore(), bytes(result.getSecondaryResults())));
            }
            return costs;
        }
    }

    private static double bytes(Map<String, ?> results) {
        double bytes = 0;
        for (Map.Entry<String, ?> entry : results.entrySet()) {
            if (entry.getKey().contains(ALLOCATION) && entry.getValue() instanceof Result<?> result) {
                bytes = result.getScore();
            }
        }
        return bytes;
    }

    @Setup
    public void prepare() throws Exception {
        permitting.prepare(Scene.HOT, new String[0]);
        rejecting.prepare(Scene.REJECTED, new String[0]);
        pooled.prepare(Scene.HOT, new String[0]);
    }

    @TearDown
    public void close() {
        permitting.close();
        rejecting.close();
        pooled.close();
        permitted.close();
        rejected.close();
    }

    /** A decision of the store. */
    @Benchmark
    public boolean permittedDecision() throws Exception {
        return permitting.admits("203.0.113.7");
    }

    /** A decision of the store that it remembers, but for one a second. */
    @Benchmark
    public boolean rememberedRejection() throws Exception {
        return rejecting.admits("203.0.113.8");
    }

    /** The same script over Jedis' pool. */
    @Benchmark
    public boolean pooledEvalsha() throws Exception {
        return pooled.admits("203.0.113.9");
    }

    /** The whole filter, without a server around it. */
    @Benchmark
    public int filterPermits() throws Exception {
        return permitted.pass();
    }

    /** The whole filter, without a server around it. */
    @Benchmark
    public int filterRejects() throws Exception {
        return rejected.pass();
    }
}
