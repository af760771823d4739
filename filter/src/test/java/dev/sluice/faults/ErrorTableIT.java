package dev.sluice.faults;

import dev.sluice.testing.MinimalPermissions;
import dev.sluice.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** Every error that Redis answers, provoked on a real server: the breaker opens, one line says why, and it closes again. */
class ErrorTableIT {

    private static final String MINIMAL = MinimalPermissions.atRedis();

    private enum Refusal {
        READONLY("it is a replica") {
            @Override
            void provoke(Scene scene) {
                scene.redis("REPLICAOF", "127.0.0.1", "1");
            }

            @Override
            void cure(Scene scene) {
                scene.redis("REPLICAOF", "NO", "ONE");
            }
        },
        MASTERDOWN("it is a replica without its master") {
            @Override
            void provoke(Scene scene) {
                scene.redis("CONFIG", "SET", "replica-serve-stale-data", "no");
                scene.redis("REPLICAOF", "127.0.0.1", "1");
            }

            @Override
            void cure(Scene scene) {
                scene.redis("REPLICAOF", "NO", "ONE");
            }
        },
        MISCONF("it cannot save to disk") {
            @Override
            void provoke(Scene scene) {
                scene.redis("CONFIG", "SET", "save", "3600 1");
                scene.redis("CONFIG", "SET", "dir", "/proc");
                scene.redis("BGSAVE");
                Scene.await(() -> text(scene.redis("INFO", "persistence")).contains("rdb_last_bgsave_status:err"));
            }

            @Override
            void cure(Scene scene) {
                scene.redis("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");
            }
        },
        NOREPLICAS("too few replicas are connected") {
            @Override
            void provoke(Scene scene) {
                scene.redis("CONFIG", "SET", "min-replicas-to-write", "1");
            }

            @Override
            void cure(Scene scene) {
                scene.redis("CONFIG", "SET", "min-replicas-to-write", "0");
            }
        },
        NOAUTH("it wants a password: set redis.password") {
            @Override
            void provoke(Scene scene) {
                scene.redis("CONFIG", "SET", "requirepass", "secret");
                scene.redis("CLIENT", "KILL", "TYPE", "normal");
            }

            @Override
            void cure(Scene scene) {
                scene.redis("CONFIG", "SET", "requirepass", "");
            }
        },
        MAX_CLIENTS("maxclients is reached") {
            @Override
            void provoke(Scene scene) {
                scene.redis("CONFIG", "SET", "maxclients", "1");
                scene.redis("CLIENT", "KILL", "TYPE", "normal");
            }

            @Override
            void cure(Scene scene) {
                scene.redis("CONFIG", "SET", "maxclients", "1000");
            }
        };

        private final String cause;

        Refusal(String cause) {
            this.cause = cause;
        }

        abstract void provoke(Scene scene);

        abstract void cure(Scene scene);
    }

    @ParameterizedTest
    @EnumSource
    void opensTheBreakerAndIsNamedInOneLine(Refusal refusal) {
        try (Scene scene = Scene.patient("enable-protected-configs yes")) {
            refusal.provoke(scene);
            judgeOpening(scene, refusal.cause, refusal == Refusal.NOAUTH ? "SEVERE" : "WARNING");
            refusal.cure(scene);
            judgeRecovery(scene, refusal.name());
        }
    }

    @Test
    void aScriptThatRunsAndRuns() {
        try (Scene scene = Scene.patient("busy-reply-threshold 50")) {
            Thread endless = inTheBackground(() -> scene.redis("EVAL", "while true do end", "0"));
            scene.awaitOpen(Duration.ofSeconds(2));
            assertThat(scene.log.containing(" unavailable (somebody's script runs and runs"))
                    .hasSize(1);
            scene.redis("SCRIPT", "KILL");
            judgeRecovery(scene, "BUSY");
            Scene.join(endless, 5_000);
        }
    }

    @Test
    void loading() {
        // It answers after each key, and by itself it would load for half a minute.
        try (Scene scene = Scene.patient(
                "enable-debug-command yes",
                "rdbcompression no",
                "loading-process-events-interval-bytes 1024",
                "key-load-delay 30000")) {
            scene.redis("DEBUG", "POPULATE", "1000", "key", "1024");
            Thread loading = inTheBackground(() -> scene.redis("DEBUG", "RELOAD"));
            scene.awaitOpen(Duration.ofSeconds(2));
            assertThat(scene.log.containing(" unavailable (it is loading its data"))
                    .hasSize(1);
            scene.redis("CONFIG", "SET", "key-load-delay", "0");
            Scene.await(() -> text(scene.redis("INFO", "persistence")).contains("loading:0"));
            judgeRecovery(scene, "LOADING");
            Scene.join(loading, 5_000);
        }
    }

    @Test
    void aClusterThatIsDown() {
        try (Scene scene = Scene.with(RedisServer.start("cluster-enabled yes"))) {
            judgeOpening(scene, "the cluster is down", "WARNING");
            scene.redis("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            Scene.await(() -> text(scene.redis("CLUSTER", "INFO")).contains("cluster_state:ok"));
            judgeRecovery(scene, "CLUSTERDOWN");
        }
    }

    @Test
    void aRedisAtMaxmemoryIsUnavailableAndGetsNoNewBucket() {
        try (Scene scene = Scene.patient()) {
            scene.redis("CONFIG", "SET", "maxmemory", "1");
            judgeOpening(scene, "maxmemory is reached", "WARNING");
            scene.redis("CONFIG", "SET", "maxmemory", "0");
            judgeRecovery(scene, "OOM");
        }
    }

    @Test
    void theMinimalPermissionsSuffice() {
        try (Scene scene = Scene.asUser(MINIMAL)) {
            scene.redis("SCRIPT", "FLUSH");
            assertThat(scene.call().isDecided()).isTrue();
            assertThat(scene.log.all()).isEmpty();
        }
    }

    static List<String> commands() {
        return MinimalPermissions.commandsAtRedis();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPermissionThatIsMissingIsNamed(String command) {
        try (Scene scene = Scene.asUser(MINIMAL)) {
            scene.redis("ACL", "SETUSER", "app", "-" + command);
            scene.redis("SCRIPT", "FLUSH");
            judgeOpening(scene, "the ACL user lacks a permission", "SEVERE");
            assertThat(scene.log.all().get(0).toUpperCase(Locale.ROOT))
                    .containsPattern("\\b" + command.toUpperCase(Locale.ROOT) + "\\b");
            scene.redis("ACL", "SETUSER", "app", "+" + command);
            judgeRecovery(scene, "NOPERM " + command);
        }
    }

    @Test
    void theKeysThatAreForbiddenAreNamed() {
        try (Scene scene = Scene.asUser(MINIMAL)) {
            scene.redis("ACL", "SETUSER", "app", "resetkeys");
            judgeOpening(scene, "the ACL user lacks a permission: NOPERM", "SEVERE");
            assertThat(scene.log.all().get(0)).contains("key");
            scene.redis("ACL", "SETUSER", "app", "~rate_limit:*");
            judgeRecovery(scene, "NOPERM keys");
        }
    }

    @Test
    void aPasswordThatIsWrong() {
        try (Scene scene = Scene.asUser(MINIMAL)) {
            scene.redis("ACL", "SETUSER", "app", "resetpass", ">other");
            scene.redis("CLIENT", "KILL", "USER", "app");
            judgeOpening(scene, "redis.username or redis.password is wrong", "SEVERE");
            assertThat(scene.log.all()).noneMatch(line -> line.contains("secret"));
            scene.redis("ACL", "SETUSER", "app", "resetpass", ">secret");
            judgeRecovery(scene, "WRONGPASS");
        }
    }

    @Test
    void existingConnectionsGoOnWhenNoFurtherOneIsToBeHad() {
        try (Scene scene = Scene.patient("maxclients 1");
                Load load = Load.on(scene.store)) {
            // The store wishes for a second one again and again.
            Scene.await(() -> scene.proxy.traffic().accepted() > 4);
            assertThat(load.end().unavailable()).isZero();
            assertThat(scene.log.all()).isEmpty();
        }
    }

    private static void judgeOpening(Scene scene, String cause, String level) {
        Duration opening = scene.awaitOpen(Duration.ofSeconds(1));
        scene.measured(cause + ", open after", opening);
        assertThat(scene.log.containing(" unavailable ("))
                .singleElement()
                .asString()
                .startsWith(level)
                .contains(cause);
    }

    private static void judgeRecovery(Scene scene, String what) {
        scene.judge(what + ", decided again after", scene.awaitDecision(Scene.RECOVERY), Scene.RECOVERY);
        assertThat(scene.log.containing("answers again")).hasSize(1);
        assertThat(scene.log.all()).hasSize(2);
    }

    private static Thread inTheBackground(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException ended) {
                        // as it was meant to
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String text(Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : reply.toString();
    }
}
