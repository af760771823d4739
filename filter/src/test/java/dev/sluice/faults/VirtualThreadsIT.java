package dev.sluice.faults;

import dev.sluice.testing.ChildJvm;
import dev.sluice.testing.Jvm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs {@link VirtualThreads}, on each JDK of this build that has them: without {@code -Djdk25} there may be none. */
class VirtualThreadsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    static Stream<Jvm> jdks() {
        return Stream.of(Jvm.JDK_25).filter(jdk -> Jvm.is25Known());
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("jdks")
    void areServedAsOtherThreadsAreAndNeverHoldTheirCarrier(Jvm jdk) {
        List<String> options = List.of("-Dredis.exe=" + System.getProperty("redis.exe", ""));
        try (ChildJvm child = ChildJvm.start(jdk, options, VirtualThreads.class)) {
            int code = child.awaitExit(PATIENCE);
            child.lines().forEach(System.out::println);
            assertThat(code).as(child::toString).isZero();
        }
    }
}
