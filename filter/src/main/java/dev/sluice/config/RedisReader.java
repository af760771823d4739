package dev.sluice.config;

import dev.sluice.store.redis.Credentials;
import dev.sluice.store.redis.RedisSettings;
import dev.sluice.store.redis.TlsSettings;
import dev.sluice.store.redis.Topology;

import java.util.List;
import java.util.Optional;

/** How Redis is reached, from an address that may hold credentials and the options that hold them too. */
final class RedisReader {

    private final Values values;
    private final Mistakes mistakes;
    private final List<Notice> notices;

    RedisReader(Values values, Mistakes mistakes, List<Notice> notices) {
        this.values = values;
        this.mistakes = mistakes;
        this.notices = notices;
    }

    RedisSettings read() {
        Value<RedisLocation> location = values.of(Options.REDIS_ADDRESS);
        RedisLocation redis = location.get();
        Topology topology = new TopologyReader(values, mistakes).read();
        boolean sentinelsEncrypted = topology instanceof Topology.Sentinels sentinels && sentinels.tls();
        TlsSettings tls = new TlsReader(values, mistakes, notices).read(redis.tls() || sentinelsEncrypted);
        return new RedisSettings(
                topology,
                redis.tls(),
                tls,
                credentials(location),
                values.of(Options.REDIS_DEADLINE).get(),
                values.of(Options.REDIS_MAX_WAITING).get().intValue());
    }

    private Optional<Credentials> credentials(Value<RedisLocation> location) {
        Value<String> username = values.of(Options.REDIS_USERNAME);
        Value<String> password = values.of(Options.REDIS_PASSWORD);
        Optional<String> user = one(location, location.get().username(), username);
        Optional<String> secret = one(location, location.get().password(), password);
        if (user.isPresent() && secret.isEmpty() && !password.bad()) {
            uselessUser(username.given().isPresent() ? username : location, Options.REDIS_PASSWORD, mistakes);
        }
        return secret.map(each -> new Credentials(user, each));
    }

    static void uselessUser(Value<?> told, Option<String> password, Mistakes mistakes) {
        mistakes.add(
                told.option(),
                told.given().orElseThrow(),
                "a user name is of no use without a password; expected " + password.name() + " too");
    }

    /** Peers disagree on which should win, so whoever says two different things is asked which one is meant. */
    private Optional<String> one(Value<RedisLocation> location, Optional<String> within, Value<String> option) {
        if (within.isPresent() && option.parsed().isPresent() && !within.equals(option.parsed())) {
            mistakes.add(
                    option.option(),
                    option.given().orElseThrow(),
                    "expected the same as in " + location.quoted() + ", or only one of the two");
        }
        return option.parsed().or(() -> within);
    }
}
