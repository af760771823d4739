package dev.sluice.bench;

import dev.sluice.testing.RedisServer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The redis-server that is measured: the one that is installed, if there is one, as in production. The one that the tests
 * bring along is linked statically, without jemalloc, and spends a good part of its time on asking the system for memory.
 */
final class InstalledRedis {

    private InstalledRedis() {}

    /** Unless the system property {@code redis.exe} names one. */
    static void prefer() {
        if (System.getProperty("redis.exe", "").isBlank()) {
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, "redis-server"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .ifPresent(installed -> System.setProperty("redis.exe", installed.toString()));
        }
    }

    /** Its version, and what it gets its memory from. */
    static String description() {
        try (RedisServer redis = RedisServer.start()) {
            return Stream.of("redis_version:", "mem_allocator:")
                    .map(field -> redis.client()
                            .info()
                            .lines()
                            .filter(line -> line.startsWith(field))
                            .findFirst()
                            .map(line -> line.substring(field.length()))
                            .orElse("?"))
                    .collect(Collectors.joining(" with "));
        }
    }
}
