package dev.sluice.containers;

import dev.sluice.containers.child.Setting;
import dev.sluice.testing.HttpReply;
import dev.sluice.testing.Jvm;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar was copied into a WAR that knows nothing of us, and the environment says where Redis is. */
@ExtendWith(Containers.Shared.class)
class AdmissionIT {

    private static final int REQUESTS = 30;
    private static final Pattern WARNING = Pattern.compile("\\b(WARN|WARNING|SEVERE|ERROR)\\b");

    /** By sites with policies, for which the limit in the environment is not meant. */
    private static final String DESERVED = "without effect, because policies are named";

    @Promised(Promise.JAR_ALONE)
    void admitsExactlyTheCapacity(Container container, Containers containers) {
        assertAdmitsTheCapacity(containers.running(container));
    }

    @Promised(Promise.JAR_ALONE)
    void chargesEachRequestOnceAndSaysSo(Container container, Containers containers) {
        Client client = new Client();
        RunningContainer running = containers.running(container);

        for (int left = RunningContainer.CAPACITY - 1; left >= 0; left--) {
            HttpReply reply = running.send(Sites.SHOP, "GET /hello", client.line());
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.fieldLines("RateLimit-Policy")).containsExactly("\"default\";q=5;w=500000");
            assertThat(reply.field("RateLimit").orElse("")).startsWith("\"default\";r=" + left + ";t=");
        }
        assertThat(running.send(Sites.SHOP, "GET /hello", client.line()).status())
                .isEqualTo(429);
        assertThat(running.redis().client().hget("rate_limit:" + client.address(), "tokens"))
                .isEqualTo("0");
    }

    @Promised(Promise.JAR_ALONE)
    void isTheContainerThatTheTableNames(Container container, Containers containers) {
        HttpReply reply = containers.running(container).send(Sites.SHOP, "GET /hello", new Client().line());

        assertThat(reply.field("X-Server").orElse(""))
                .contains("servlet-" + container.traits().servlet())
                .contains(container.traits().tellsItsVersion() ? Versions.of(container) : "");
    }

    @Promised(Promise.JAR_ALONE)
    void logsNoWarning(Container container, Containers containers) {
        RunningContainer running = containers.running(container);
        running.port(Sites.SHOP);

        assertThat(warningsOfOurs(running.allLines())).isEmpty();
    }

    private static List<String> warningsOfOurs(List<String> lines) {
        return IntStream.range(1, lines.size())
                .filter(i -> isOurs(lines.get(i - 1), lines.get(i)))
                .mapToObj(lines::get)
                .filter(line -> WARNING.matcher(line).find())
                .filter(line -> !line.contains(DESERVED))
                .toList();
    }

    /** In the log of the JDK a message stands in the line after that of its logger. */
    private static boolean isOurs(String before, String line) {
        return line.contains("sluice")
                || (before.contains("sluice") && (line.startsWith("WARNING: ") || line.startsWith("SEVERE: ")));
    }

    @Promised(Promise.JDK_25)
    void admitsExactlyTheCapacityOnJdk25(Container container, Containers containers) {
        RunningContainer running = containers.running(container, Jvm.JDK_25);

        assertAdmitsTheCapacity(running);
        assertThat(running.send(Sites.SHOP, "GET /hello", new Client().line())
                        .field("X-Server")
                        .orElse(""))
                .endsWith("java-25");
    }

    @Promised(Promise.VIRTUAL_THREADS)
    void admitsExactlyTheCapacityInVirtualThreads(Container container, Containers containers) {
        RunningContainer running = containers.running(container, Jvm.JDK_25);
        Client client = new Client();

        List<HttpReply> replies = client.send(REQUESTS, running.uri(Setting.VIRTUAL_THREADS, Sites.SHOP, "/hello"));

        assertThat(permitted(replies))
                .hasSize(RunningContainer.CAPACITY)
                .allSatisfy(
                        reply -> assertThat(reply.field("X-Thread").orElse("")).startsWith("VirtualThread"));
    }

    private static void assertAdmitsTheCapacity(RunningContainer running) {
        List<HttpReply> replies = new Client().send(REQUESTS, running.uri(Sites.SHOP, "/hello"));

        assertThat(permitted(replies)).hasSize(RunningContainer.CAPACITY);
        assertThat(replies).extracting(HttpReply::status).containsOnly(200, 429);
    }

    private static List<HttpReply> permitted(List<HttpReply> replies) {
        return replies.stream().filter(reply -> reply.status() == 200).toList();
    }
}
