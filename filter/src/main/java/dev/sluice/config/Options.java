package dev.sluice.config;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.http.HeaderProfile;
import dev.sluice.http.RejectionStyle;
import dev.sluice.key.CidrBlocks;
import dev.sluice.limiter.LocalShare;
import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.store.redis.RedisSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static dev.sluice.config.Group.COMMON;
import static dev.sluice.config.Group.ESSENTIAL;
import static dev.sluice.config.Group.RARE;

/** The table of options; those of a policy are in {@link PolicyOptions}. A row here is all that an option needs to exist. */
final class Options {

    private static final List<Option<?>> TABLE = new ArrayList<>();

    static final Format<Long> TOKENS = new WholeNumber(1, TokenBucket.MAX_CAPACITY);
    private static final String NETWORKS =
            "addresses or networks separated by commas, such as 10.0.0.0/8, 2001:db8::/32";

    static final Option<RedisLocation> REDIS_ADDRESS = add(new Option<>(
                    ESSENTIAL,
                    "redis.address",
                    RedisLocation.FORMAT,
                    "Where Redis listens; `rediss://` means TLS. A URI may also hold user, password and database:"
                            + " `redis://user:password@host:6379/0`. In a list these are said once and hold for all.")
            .or("localhost:6379")
            .with(Trait.SECRET_WITHIN, Trait.BARE_NAME));
    static final Option<String> REDIS_USERNAME = add(new Option<>(
                    ESSENTIAL,
                    "redis.username",
                    Text.printable("a user name", 256),
                    "The ACL user. Needs a password beside it.")
            .with(Trait.BARE_NAME));
    static final Option<String> REDIS_PASSWORD =
            add(new Option<>(ESSENTIAL, "redis.password", Text.printable("a password", 1024), "The password of Redis.")
                    .with(Trait.SECRET, Trait.BARE_NAME));
    static final Option<Long> BUCKET_CAPACITY = add(new Option<>(
                    ESSENTIAL,
                    "bucket.capacity",
                    TOKENS,
                    "Most tokens a client can save up, and so the largest burst; for the policy that is in force when"
                            + " none is named.")
            .or("10")
            .with(Trait.BARE_NAME));
    static final Option<Refill> REFILL_RATE = add(new Option<>(
                    ESSENTIAL,
                    "refill.rate",
                    Refill.PER_SECOND,
                    "Tokens that return per second; for the policy that is in force when none is named.")
            .or("1")
            .with(Trait.BARE_NAME));
    static final Option<RedisMode> REDIS_MODE = add(new Option<>(
                    COMMON,
                    "redis.mode",
                    Word.of(RedisMode.class),
                    "What listens there: one server; some nodes of a Redis Cluster; or sentinels, which know the master.")
            .or("standalone"));
    static final Option<String> REDIS_MASTER = add(new Option<>(
            COMMON,
            "redis.master",
            new Text("a name of letters, digits, dots, hyphens and underscores", "[A-Za-z0-9._-]{1,128}"),
            "What the sentinels call the master. Needed with `redis.mode = sentinel`."));
    static final Option<Path> REDIS_TLS_CA = add(new Option<>(
            COMMON,
            "redis.tls.ca",
            FilePath.FORMAT,
            "PEM file of the certificates that may vouch for Redis. Without it those that the JVM trusts."));
    static final Option<Path> REDIS_TLS_CERTIFICATE = add(new Option<>(
            COMMON,
            "redis.tls.certificate",
            FilePath.FORMAT,
            "PEM or PKCS #12 file with a certificate of this application, for a Redis that asks for one."));
    static final Option<Path> REDIS_TLS_KEY = add(
            new Option<>(
                    COMMON,
                    "redis.tls.key",
                    FilePath.FORMAT,
                    "PEM file with the private key to it, not encrypted. Without it the key stands in the file of the certificate."));
    static final Option<CidrBlocks> TRUSTED_PROXIES = add(new Option<>(
            COMMON,
            "trusted-proxies",
            new ListOf<>(NETWORKS, CidrBlocks::parse),
            "Peers whose forwarded header is believed. Without them the address of a client is that of the peer."));
    static final Option<CidrBlocks> EXEMPT = add(
            new Option<>(COMMON, "exempt", new ListOf<>(NETWORKS, CidrBlocks::parse), "Clients that meet no policy."));
    static final Option<Mode> MODE = add(new Option<>(
                    COMMON,
                    "mode",
                    Word.of(Mode.class),
                    "Whether policies are enforced. `shadow` decides and measures but never rejects; `off` leaves out.")
            .or("enforce"));
    static final Option<FailureMode> ON_FAILURE = add(new Option<>(
                    COMMON,
                    "on-failure",
                    Word.of(FailureMode.class),
                    "What happens while Redis cannot answer: `local` limits per server, `permit` passes all,"
                            + " `reject` answers 503.")
            .or("local"));
    static final Option<HeaderProfile> HEADERS = add(new Option<>(
                    COMMON,
                    "headers",
                    Word.of(HeaderProfile.class),
                    "Which header fields tell a client its limit: `RateLimit` of the IETF draft, `X-RateLimit-*`, or none.")
            .or("draft-11"));
    static final Option<RejectionStyle> REJECTION = add(new Option<>(
                    COMMON,
                    "rejection",
                    Word.of(RejectionStyle.class),
                    "Who writes the answer to a request that does not pass: the filter, or the error page of the application.")
            .or("response"));
    static final Option<String> KEY_SECRET = add(new Option<>(
                    COMMON,
                    "key-secret",
                    Text.printable("a secret", 1024),
                    "Keys the hash of what identifies a client in Redis. The same on every server; a new one starts all"
                            + " such buckets afresh.")
            .with(Trait.SECRET));
    static final Option<Boolean> ENABLED = add(new Option<>(
                    COMMON, "enabled", Word.trueOrFalse(), "`false` lets every request pass, untouched and uncounted.")
            .or("true"));
    static final Option<Duration> REDIS_DEADLINE = add(new Option<>(
                    RARE,
                    "redis.deadline",
                    new TimeSpan(Duration.ofMillis(10), Duration.ofSeconds(10)),
                    "Longest time for a decision; after it the policy's failure mode applies.")
            .or("150ms"));
    static final Option<String> REDIS_SENTINEL_USERNAME = add(new Option<>(
            RARE,
            "redis.sentinel.username",
            Text.printable("a user name", 256),
            "The ACL user at the sentinels. Needs a password beside it."));
    static final Option<String> REDIS_SENTINEL_PASSWORD = add(new Option<>(
                    RARE,
                    "redis.sentinel.password",
                    Text.printable("a password", 1024),
                    "The password of the sentinels, which are not given that of Redis.")
            .with(Trait.SECRET));
    static final Option<Boolean> REDIS_SENTINEL_TLS = add(
            new Option<>(
                    RARE,
                    "redis.sentinel.tls",
                    Word.trueOrFalse(),
                    "Whether connections to the sentinels are encrypted. Where it is not said, they are if those to Redis are."));
    static final Option<String> REDIS_TLS_PASSWORD = add(new Option<>(
                    RARE, "redis.tls.password", Text.printable("a password", 1024), "The password of a PKCS #12 file.")
            .with(Trait.SECRET));
    static final Option<Boolean> REDIS_TLS_VERIFY_HOST_NAME = add(new Option<>(
                    RARE,
                    "redis.tls.verify-host-name",
                    Word.trueOrFalse(),
                    "`false` accepts a certificate that is for another host: whoever has one that is trusted can then pass for"
                            + " Redis. Warned of at each start.")
            .or("true"));
    static final Option<Long> REDIS_MAX_WAITING = add(new Option<>(
                    RARE,
                    "redis.max-waiting",
                    new WholeNumber(1, RedisSettings.MOST_MAX_WAITING),
                    "Most requests that wait for a decision at once; far above any healthy burst. Beyond it a request takes"
                            + " its failure mode.")
            .or("10000"));
    static final Option<LocalShare> LOCAL_SHARE = add(new Option<>(
                    RARE,
                    "local-share",
                    new Share(),
                    "What part of the limit each server grants on its own while Redis is away: 1 is the whole limit for each"
                            + " server, 0.25 suits four servers. Counted as the nearest of 1, 1/2, 1/3 and so on.")
            .or("1"));
    static final Option<Duration> RELOAD_EVERY = add(new Option<>(
                    RARE,
                    "reload-every",
                    new TimeSpan(Duration.ofSeconds(1), Duration.ofDays(1)),
                    "How often changed values are looked for.")
            .or("10s"));
    static final Option<Long> COST =
            add(new Option<>(RARE, "cost", TOKENS, "Tokens that a request takes, at most the capacity.").or("1"));
    static final Option<String> FORWARDED_HEADER = add(new Option<>(
                    RARE,
                    "forwarded-header",
                    new Text("one header field name, such as X-Forwarded-For", "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}"),
                    "The one header field that trusted proxies write client addresses to. `Forwarded` is read by RFC 7239,"
                            + " any other as a list of addresses.")
            .or("X-Forwarded-For"));
    static final Option<Long> IPV6_PREFIX = add(new Option<>(
                    RARE,
                    "ipv6-prefix",
                    new WholeNumber(32, 128),
                    "How many leading bits of an IPv6 address make a client; a household usually has a /64.")
            .or("64"));
    static final Option<String> PREFIX = add(new Option<>(
                    RARE,
                    "prefix",
                    new Text(
                            "a name of letters, digits, hyphens and dots, such as ratelimit",
                            "[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*"),
                    "What option names begin with outside of init-params, so that a second filter has its own.")
            .or("ratelimit")
            .with(Trait.INIT_PARAM_ONLY));

    private Options() {}

    private static <T> Option<T> add(Option<T> option) {
        TABLE.add(option);
        return option;
    }

    /** Every row, in the order of the documents. */
    static List<Option<?>> all() {
        return List.copyOf(TABLE);
    }

    static Optional<Option<?>> named(String name) {
        return all().stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
