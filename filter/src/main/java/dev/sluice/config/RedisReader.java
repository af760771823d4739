package dev.sluice.config;

import dev.sluice.store.redis.RedisSettings;

import java.time.Duration;
import java.util.Optional;

/** How Redis is reached, from an address that may hold credentials and the options that hold them too. */
final class RedisReader {

    private RedisReader() {}

    static RedisSettings read(Values values, Mistakes mistakes) {
        Value<RedisLocation> location = values.of(Options.REDIS_ADDRESS);
        Value<String> username = values.of(Options.REDIS_USERNAME);
        Value<String> password = values.of(Options.REDIS_PASSWORD);
        Duration deadline = values.of(Options.REDIS_DEADLINE).get();
        RedisLocation redis = location.get();
        Optional<String> user = one(location, redis.username(), username, mistakes);
        Optional<String> secret = one(location, redis.password(), password, mistakes);
        if (user.isPresent() && secret.isEmpty() && !password.bad()) {
            Value<?> told = username.given().isPresent() ? username : location;
            mistakes.add(
                    told.option(),
                    told.given().orElseThrow(),
                    "a user name is of no use without a password; expected " + Options.REDIS_PASSWORD.name() + " too");
        }
        return new RedisSettings(
                redis.address(),
                redis.tls(),
                redis.database(),
                secret.isEmpty() ? secret : user,
                secret,
                deadline,
                values.of(Options.REDIS_MAX_WAITING).get().intValue());
    }

    /** Peers disagree on which should win, so whoever says two different things is asked which one is meant. */
    private static Optional<String> one(
            Value<RedisLocation> location, Optional<String> within, Value<String> option, Mistakes mistakes) {
        if (within.isPresent() && option.parsed().isPresent() && !within.equals(option.parsed())) {
            mistakes.add(
                    option.option(),
                    option.given().orElseThrow(),
                    "expected the same as in " + location.quoted() + ", or only one of the two");
        }
        return option.parsed().or(() -> within);
    }
}
