package dev.sluice.testing;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChildJvmIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void runsAMainClassUpToABarrierAndBeyond() {
        try (ChildJvm child = ChildJvm.start(List.of("-Dwho=Zoë"), Greeter.class, "hello")) {
            assertThat(child.awaitLine(line -> line.startsWith("ready"), LONG)).isEqualTo("ready: hello Zoë");
            assertThat(child.lines()).doesNotContain("gone");
            child.send("go");
            assertThat(child.awaitExit(LONG)).isEqualTo(3);
            assertThat(child.lines()).containsExactly("ready: hello Zoë", "go", "gone");
            assertThat(child.errorLines()).contains("a word of warning");
        }
    }

    @Test
    void doesNothingWhileFrozen() {
        try (ChildJvm child = ChildJvm.start(Greeter.class, "hello")) {
            child.awaitLine(line -> line.startsWith("ready"), LONG);
            child.freeze();
            child.send("go");
            assertThatThrownBy(() -> child.awaitLine("gone"::equals, Duration.ofMillis(200)))
                    .hasMessageContaining("ready: hello");
            child.thaw();
            child.awaitLine("gone"::equals, LONG);
        }
    }

    @Test
    void saysWhatItHeardWhenTheChildEndsWithoutTheLine() {
        try (ChildJvm child = ChildJvm.start(List.of("--no-such-option"), Greeter.class)) {
            assertThatThrownBy(() -> child.awaitLine("ready"::equals, LONG)).hasMessageContaining("no-such-option");
        }
    }

    @Test
    void killsWithoutHooksAndShutsDownWithThem() {
        try (ChildJvm killed = ChildJvm.start(Greeter.class);
                ChildJvm stopped = ChildJvm.start(Greeter.class)) {
            killed.awaitLine(line -> line.startsWith("ready"), LONG);
            stopped.awaitLine(line -> line.startsWith("ready"), LONG);
            killed.kill();
            stopped.shutdown();
            assertThat(killed.awaitExit(LONG)).isEqualTo(128 + 9);
            assertThat(stopped.awaitExit(LONG)).isEqualTo(128 + 15);
            assertThat(killed.lines()).doesNotContain("goodbye");
            assertThat(stopped.lines()).contains("goodbye");
        }
    }

    /** Says that it is ready, waits for a line, ends with 3. */
    static final class Greeter {
        public static void main(String... arguments) throws IOException {
            Thread goodbye = new Thread(() -> System.out.println("goodbye"));
            Runtime.getRuntime().addShutdownHook(goodbye);
            System.err.println("a word of warning");
            System.out.println("ready: " + String.join(" ", arguments) + " " + System.getProperty("who", ""));
            try (Scanner in = new Scanner(System.in)) {
                System.out.println(in.nextLine());
            }
            System.out.println("gone");
            Runtime.getRuntime().removeShutdownHook(goodbye);
            System.exit(3);
        }
    }
}
