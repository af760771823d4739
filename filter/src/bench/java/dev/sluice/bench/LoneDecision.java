package dev.sluice.bench;

import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.Loopback;
import dev.sluice.testing.RedisServer;
import redis.clients.jedis.Jedis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How long one decision takes when nothing else goes on: our store against a bare EVALSHA of the same script over one Jedis connection,
 * in one JVM, a few calls each in turn.
 */
final class LoneDecision {

    private static final int CALLS_IN_A_ROW = 20;
    private static final int WINDOWS = 9;

    private LoneDecision() {}

    /** Microseconds, and the median of the windows' ratios. */
    record Times(double ours, double bare, double ratio) {}

    static Times measure(long windowMillis) {
        try (RedisServer redis = RedisServer.start();
                ChildJvm jvm = ChildJvm.start(
                        LoneDecision.class, Integer.toString(redis.port()), Long.toString(windowMillis))) {
            String[] words = jvm.awaitLine(
                            line -> line.startsWith("lone "), Duration.ofMillis(30_000 + 2 * WINDOWS * windowMillis))
                    .split(" ");
            return new Times(Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3]));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int redisPort = Integer.parseInt(arguments[0]);
        long windowNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
        try (SluiceContender ours = new SluiceContender(redisPort);
                Bare bare = new Bare(redisPort)) {
            ours.prepare(Scene.HOT, new String[0]);
            double[] p50 = new double[WINDOWS];
            double[] bareP50 = new double[WINDOWS];
            double[] ratios = new double[WINDOWS];
            for (int window = -WINDOWS; window < WINDOWS; window++) {
                Histogram own = new Histogram();
                Histogram other = new Histogram();
                for (long end = System.nanoTime() + windowNanos; System.nanoTime() < end; ) {
                    time(ours, own);
                    time(bare, other);
                }
                if (window >= 0) { // before that it is compiled
                    p50[window] = own.micros(0.5);
                    bareP50[window] = other.micros(0.5);
                    ratios[window] = p50[window] / bareP50[window];
                }
            }
            System.out.printf(Locale.ROOT, "lone %.2f %.2f %.4f%n", median(p50), median(bareP50), median(ratios));
        }
    }

    private static void time(Contender contender, Histogram latencies) throws Exception {
        for (int i = 0; i < CALLS_IN_A_ROW; i++) {
            long before = System.nanoTime();
            contender.admits("203.0.113.7");
            latencies.record(System.nanoTime() - before);
        }
    }

    private static double median(double... values) {
        return Results.median(values).orElseThrow();
    }

    /** Nothing but the call. */
    private static final class Bare implements Contender {

        private final Jedis jedis;
        private final byte[] sha1;
        private final List<byte[]> arguments = SluiceScript.arguments(Scene.HOT).stream()
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toList();

        Bare(int redisPort) {
            jedis = new Jedis(Loopback.HOST, redisPort);
            sha1 = jedis.scriptLoad(SluiceScript.TEXT).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void prepare(Scene scene, String[] clients) {}

        @Override
        public boolean admits(String client) {
            List<byte[]> keys = List.of(("rate_limit:bare-" + client).getBytes(StandardCharsets.US_ASCII));
            return SluiceScript.admits(jedis.evalsha(sha1, keys, arguments));
        }

        @Override
        public void close() {
            jedis.close();
        }
    }
}
