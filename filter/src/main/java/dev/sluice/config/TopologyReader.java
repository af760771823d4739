package dev.sluice.config;

import dev.sluice.store.redis.Credentials;
import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.Topology;

import java.util.List;
import java.util.Optional;

/** What stands behind {@code redis.address}, and whether all that is said of it can be so. */
final class TopologyReader {

    private static final List<Option<?>> OF_SENTINELS = List.of(
            Options.REDIS_MASTER,
            Options.REDIS_SENTINEL_USERNAME,
            Options.REDIS_SENTINEL_PASSWORD,
            Options.REDIS_SENTINEL_TLS);

    private final Values values;
    private final Mistakes mistakes;
    private final Value<RedisLocation> location;
    private final Value<RedisMode> mode;

    TopologyReader(Values values, Mistakes mistakes) {
        this.values = values;
        this.mistakes = mistakes;
        this.location = values.of(Options.REDIS_ADDRESS);
        this.mode = values.of(Options.REDIS_MODE);
    }

    Topology read() {
        if (mode.get() != RedisMode.SENTINEL && !mode.bad()) {
            OF_SENTINELS.forEach(this::refuseWithoutSentinels);
        }
        return switch (mode.get()) {
            case STANDALONE -> standalone();
            case CLUSTER -> cluster();
            case SENTINEL -> sentinels();
        };
    }

    private Topology standalone() {
        if (location.get().places().size() > 1 && !mode.bad()) {
            refuse(
                    location,
                    "one server has one address; expected " + Options.REDIS_MODE.name()
                            + " = cluster or sentinel beside several");
        }
        return new Topology.Standalone(
                location.get().addresses(RedisAddress.DEFAULT_PORT).get(0),
                location.get().database());
    }

    private Topology cluster() {
        if (location.get().database() != 0) {
            refuse(location, "a cluster has only database 0; expected no other with " + mode.quoted());
        }
        return new Topology.Cluster(location.get().addresses(RedisAddress.DEFAULT_PORT));
    }

    private Topology sentinels() {
        Value<String> master = values.of(Options.REDIS_MASTER);
        if (master.parsed().isEmpty() && !master.bad()) {
            refuse(mode, "expected " + Options.REDIS_MASTER.name() + " too, what the sentinels call the master");
        }
        return new Topology.Sentinels(
                location.get().addresses(Topology.Sentinels.DEFAULT_PORT),
                master.parsed().orElse("unknown"),
                location.get().database(),
                credentials(),
                values.of(Options.REDIS_SENTINEL_TLS)
                        .parsed()
                        .orElse(location.get().tls()));
    }

    private Optional<Credentials> credentials() {
        Value<String> username = values.of(Options.REDIS_SENTINEL_USERNAME);
        Value<String> password = values.of(Options.REDIS_SENTINEL_PASSWORD);
        if (username.given().isPresent() && password.parsed().isEmpty() && !password.bad()) {
            RedisReader.uselessUser(username, Options.REDIS_SENTINEL_PASSWORD, mistakes);
        }
        return password.parsed().map(secret -> new Credentials(username.parsed(), secret));
    }

    private void refuseWithoutSentinels(Option<?> option) {
        Value<?> value = values.of(option);
        if (value.given().isPresent()) {
            refuse(value, "of use for sentinels only; expected " + Options.REDIS_MODE.name() + " = sentinel too");
        }
    }

    private void refuse(Value<?> value, String message) {
        value.given().ifPresent(given -> mistakes.add(value.option(), given, message));
    }
}
