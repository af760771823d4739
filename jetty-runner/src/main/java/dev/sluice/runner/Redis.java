package dev.sluice.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The Redis of this run: the one that is configured, or else one of our own.
 *
 * @param endpoint empty if what is configured is not an address, or not that of one server
 */
record Redis(Optional<RedisEndpoint> endpoint, Optional<EmbeddedRedis> own) implements AutoCloseable {

    private static final List<String> TLS_OPTIONS =
            List.of("redis.tls.ca", "redis.tls.certificate", "redis.tls.verify-host-name");

    /** Finds or starts it, and tells the filter where it is, unless the filter finds that out by itself. */
    static Redis of(Arguments arguments, Environment environment, TemporaryFolder folder)
            throws StartException, IOException {
        Optional<String> username = environment.option("redis.username");
        Optional<String> password = environment.option("redis.password");
        Optional<String> address = arguments.redis().or(() -> environment.option("redis.address"));
        if (address.isPresent()) {
            arguments.redis().ifPresent(Redis::tellFilter);
            if (!isOneServer(address.get(), environment)) {
                System.out.println("Redis is left to the filter: its log tells if it is unavailable");
                return new Redis(Optional.empty(), Optional.empty());
            }
            return new Redis(
                    RedisEndpoint.parse(address.get()).map(redis -> redis.as(username, password)), Optional.empty());
        }
        // The usual port, so that a plain redis-cli finds it.
        EmbeddedRedis own = EmbeddedRedis.start(folder, RedisEndpoint.USUAL_PORT, users(username, password));
        tellFilter(own.address().toString());
        System.out.println("Embedded Redis on " + own.address());
        RedisEndpoint endpoint = new RedisEndpoint(own.address(), false, username, password);
        return new Redis(Optional.of(endpoint), Optional.of(own));
    }

    void announce() {
        endpoint.ifPresent(redis -> new RedisCheck(redis).announce(System.out, System.err));
    }

    @Override
    public void close() {
        own.ifPresent(EmbeddedRedis::close);
    }

    /** Whether it can be asked here: the nodes of a cluster, a master of sentinels and TLS files are the filter's affair. */
    static boolean isOneServer(String address, Environment environment) {
        return environment
                        .option("redis.mode")
                        .filter(mode -> !mode.equalsIgnoreCase("standalone"))
                        .isEmpty()
                && TLS_OPTIONS.stream()
                        .allMatch(option -> environment.option(option).isEmpty())
                && (!address.contains(",") || RedisEndpoint.parse(address).isPresent());
    }

    private static void tellFilter(String address) {
        System.setProperty("ratelimit.redis.address", address);
    }

    /** Lets in whom the filter will present itself as, and nobody else; a user without a password it refuses itself. */
    private static List<String> users(Optional<String> username, Optional<String> password) {
        if (password.isEmpty()) {
            return List.of();
        }
        String user = username.orElse("default");
        String line = "user " + user + " on #" + sha256(password.get()) + " ~* &* +@all";
        return user.equals("default") ? List.of(line) : List.of("user default off", line); // twice is a mistake
    }

    private static String sha256(String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
