package dev.sluice.check;

import java.util.Locale;

/**
 * The table of all that {@code check} can find. A number never changes its meaning. {@code docs/checks.md} is made from it.
 *
 * <p>1xx the configuration, 2xx the way to Redis, 3xx permissions, 4xx how Redis is set up, 5xx what it decides.
 */
enum Code {
    UNUSABLE(
            101,
            Severity.FAULT,
            "The configuration cannot be used; the filter would not start.",
            "Each line names the value, where it stands and what is expected: change it there."),
    HEADER_WITHOUT_PROXIES(
            110,
            Severity.FAULT,
            "`forwarded-header` is set, but no proxy is trusted, so the header is not read: all clients behind a proxy"
                    + " share one bucket.",
            "Set `trusted-proxies` to the addresses of your proxies, or remove `forwarded-header`."),
    TRUSTS_EVERYBODY(
            111,
            Severity.FAULT,
            "`trusted-proxies` trusts addresses that are not yours: whoever connects from there can claim any address, and"
                    + " so gets a fresh bucket for every request.",
            "Set `trusted-proxies` to the addresses of your proxies alone, such as `10.0.0.0/8`."),
    EXEMPTS_EVERYBODY(
            112,
            Severity.FAULT,
            "`exempt` exempts so much of the Internet that most clients meet no policy.",
            "Set `exempt` to your own addresses alone, such as those of a monitoring system."),
    FORGEABLE_KEY(
            113,
            Severity.WARNING,
            "A client can make up the partition key of a policy, and gets a full bucket for each new one.",
            "Add a second policy for the same paths with `key = ip` and a larger capacity."),
    IN_VAIN(
            114,
            Severity.WARNING,
            "A value is set that has no effect, because policies are named.",
            "Remove it, or say it in a policy: `policy.<name>.capacity`, `policy.<name>.refill`."),
    UNKNOWN_VARIABLE(
            115,
            Severity.WARNING,
            "An environment variable looks like an option and is none.",
            "Correct its name if it was meant for the filter; ignore this if a cluster injects it."),
    NEVER_APPLIES(
            116,
            Severity.FAULT,
            "No request can meet the policy: its paths are all excepted, or are none that requests have, or its methods are"
                    + " unknown.",
            "Correct `paths`, `except` or `methods`. Paths are those inside the application, decoded, without a query:"
                    + " `/login`, `/api/*`, `*.json`."),
    NEVER_REJECTS(
            117,
            Severity.WARNING,
            "The policy can never reject: another one governs all its requests by the same key, and is at least as strict.",
            "Remove it, or correct its capacity and refill, or its methods."),
    UNKNOWN_METHOD(
            118,
            Severity.WARNING,
            "A method is none that HTTP knows.",
            "Correct `methods`; ignore this if your clients send it."),
    LIMITS_NOTHING(
            119,
            Severity.WARNING,
            "The filter limits nothing: `enabled` is `false`, or the mode of every policy is `off` or `shadow`.",
            "Set `enabled = true`, and `mode = enforce`."),
    HOST_NAME_UNVERIFIED(
            120,
            Severity.WARNING,
            "A certificate for any other host passes for that of Redis.",
            "Have one issued for the host name in `redis.address`, and remove `redis.tls.verify-host-name`."),
    NAMES_NOT_READ(
            121,
            Severity.FAULT,
            "Names in the file of `--config` do not begin with `ratelimit.`, so the filter does not read them.",
            "Begin each with `ratelimit.`, also those that are init-params in `web.xml`; save the file without a byte order"
                    + " mark."),
    UNKNOWN_HOST(
            201,
            Severity.FAULT,
            "The host name of Redis has no address.",
            "Correct the host in `redis.address`, or the name service of this machine."),
    NOTHING_LISTENS(
            202,
            Severity.FAULT,
            "Nothing listens at the address of Redis.",
            "Correct host and port in `redis.address`, start Redis, or let it listen there (`bind`, `port`)."),
    NO_REPLY(
            203,
            Severity.FAULT,
            "What listens at the address does not answer: a firewall, a Redis that hangs, or no Redis.",
            "Try `redis-cli -h HOST -p PORT PING` from this machine; look at firewalls, and at the log of Redis."),
    PLAIN_PORT(
            204,
            Severity.FAULT,
            "A plain Redis listens there, but TLS is asked for (`rediss://`).",
            "Set `redis.address` to the TLS port of Redis (`tls-port`), or to `redis://` if no encryption is wanted."),
    TLS_PORT(
            205,
            Severity.FAULT,
            "The port speaks TLS, but a plain connection is made.",
            "Set `redis.address` to a `rediss://` URI, or to the plain port of Redis."),
    CERTIFICATE(
            206,
            Severity.FAULT,
            "The certificate of Redis is not accepted.",
            "Name the authority that issued it in `redis.tls.ca`; have it issued for the host name in `redis.address`; renew"
                    + " it if it has expired."),
    NOT_REDIS(
            207,
            Severity.FAULT,
            "What listens at the address is not Redis.",
            "Correct host and port in `redis.address`."),
    PASSWORD_NEEDED(
            208,
            Severity.FAULT,
            "Redis wants a password, and none is set.",
            "Set `redis.password`, and `redis.username` for an ACL user other than `default`."),
    WRONG_PASSWORD(
            209,
            Severity.FAULT,
            "Redis does not know this user with this password.",
            "Correct `redis.username` and `redis.password`; `ACL LIST` tells the users, and whether they are `on`."),
    PASSWORD_IN_VAIN(
            210,
            Severity.FAULT,
            "A password is set, and Redis has none.",
            "Unset `redis.password`, or set one in Redis (`requirepass`, or an ACL user)."),
    NO_SUCH_DATABASE(
            211,
            Severity.FAULT,
            "Redis has no database of this number.",
            "Correct the number at the end of `redis.address`, or raise `databases` of Redis (16 unless set)."),
    MAXCLIENTS(
            212,
            Severity.FAULT,
            "Redis takes no more connections.",
            "Raise `maxclients` of Redis: 20 for each server at least."),
    PROTECTED(
            213,
            Severity.FAULT,
            "Redis is in protected mode: it talks to its own machine only.",
            "Set a password for Redis (`requirepass`, or an ACL user), and `redis.password` here."),
    CLUSTER_NODE(
            214,
            Severity.FAULT,
            "The address is that of a node of a cluster, but a single server is expected there.",
            "Set `redis.mode = cluster`, or `redis.address` to a Redis without cluster."),
    NO_CLUSTER(
            215,
            Severity.FAULT,
            "A cluster is expected at the address, but a single server is there.",
            "Unset `redis.mode`, or set `redis.address` to nodes of the cluster."),
    SENTINEL(
            216,
            Severity.FAULT,
            "The address is that of a sentinel, but Redis itself is expected there.",
            "Set `redis.mode = sentinel`, or `redis.address` to Redis itself."),
    NO_MASTER(
            217,
            Severity.FAULT,
            "The sentinels do not know the master, or cannot be asked.",
            "Correct `redis.master`, and the sentinels in `redis.address`: `SENTINEL MASTERS` tells the names."),
    CLIENT_CERTIFICATE(
            218,
            Severity.FAULT,
            "Redis refuses TLS with us; most likely it asks for a certificate of ours.",
            "Set `redis.tls.certificate` and `redis.tls.key`, or `tls-auth-clients no` in Redis."),
    SOME_UNREACHABLE(
            219,
            Severity.WARNING,
            "Some of the addresses cannot be reached; the others can.",
            "Correct the list in `redis.address`, or start what is missing: in an outage every one counts."),
    COMMAND_DENIED(
            301,
            Severity.FAULT,
            "The ACL user may not use a command that the limiter needs.",
            "Grant what is named: `ACL SETUSER <user> +evalsha +eval +time +hmget +hset +pexpire`, and `+select` for a"
                    + " database other than 0, `+cluster|slots +asking` for a cluster."),
    KEYS_DENIED(
            302,
            Severity.FAULT,
            "The ACL user may not use the keys of the buckets.",
            "Grant them for reading and writing: `ACL SETUSER <user> ~rate_limit:*`."),
    NOT_SEEN(
            303,
            Severity.WARNING,
            "The ACL user may not ask how Redis is set up (`INFO`), so that part was not checked.",
            "Run the check as a user who may: `--redis redis://admin:PASSWORD@HOST:PORT`, or grant `+info`."),
    COMMAND_UNKNOWN(
            304,
            Severity.FAULT,
            "The server does not know a command that the limiter needs.",
            "Enable it (`rename-command` may have taken it away, a hosted Redis may forbid it), or use another Redis."),
    EVICTS(
            401,
            Severity.FAULT,
            "Redis may evict buckets when memory is short, and a bucket that is gone counts as full: a limit that forgets.",
            "Set `maxmemory-policy noeviction`, best on a Redis of its own for limits."),
    REPLICA(
            402,
            Severity.FAULT,
            "The address is that of a replica, which takes no writes.",
            "Set `redis.address` to the master, or `redis.mode = sentinel` to have it found."),
    LOADING(403, Severity.FAULT, "Redis is still loading its data.", "Wait until it has, and check again."),
    OUT_OF_MEMORY(
            404,
            Severity.FAULT,
            "`maxmemory` is reached: Redis takes no writes.",
            "Raise `maxmemory`, or remove what fills it; buckets expire by themselves."),
    TOO_OLD(
            405,
            Severity.FAULT,
            "This version of Redis is too old.",
            "Use Redis " + ServerInfo.OLDEST + " or newer, or Valkey."),
    CANNOT_SAVE(
            406,
            Severity.FAULT,
            "Redis cannot save to disk, and so takes no writes.",
            "Make room, or set `stop-writes-on-bgsave-error no`: buckets need no persistence."),
    TOO_FEW_REPLICAS(
            407,
            Severity.FAULT,
            "Too few replicas are connected, and so Redis takes no writes.",
            "Start them, or set `min-replicas-to-write 0`: buckets need no replicas."),
    BUSY(
            408,
            Severity.FAULT,
            "Somebody's script keeps Redis busy.",
            "`SCRIPT KILL` ends it; use a Redis of its own for limits."),
    CLUSTER_DOWN(
            409,
            Severity.FAULT,
            "The cluster does not serve all slots.",
            "`redis-cli --cluster check HOST:PORT` tells what is missing."),
    MEMORY_SHORT(
            410,
            Severity.WARNING,
            "Most of `maxmemory` is used. When it is reached Redis takes no writes.",
            "Raise `maxmemory`, or use a Redis of its own for limits."),
    CLIENTS_SHORT(
            411,
            Severity.WARNING,
            "Most of `maxclients` is used.",
            "Raise `maxclients` of Redis: 20 for each server at least."),
    CLOCK_FAR(
            412,
            Severity.WARNING,
            "The clocks of Redis and of this machine differ. Limits go by that of Redis alone, so they hold; but when it is"
                    + " set right, buckets may be full once.",
            "Keep the clocks by NTP, also that of the machine of Redis."),
    SLOW(
            413,
            Severity.FAULT,
            "Redis takes longer than `redis.deadline`: most requests would take their failure mode.",
            "Use a Redis that is nearer, or raise `redis.deadline`."),
    RATHER_SLOW(
            414,
            Severity.WARNING,
            "Redis takes more than half of `redis.deadline`.",
            "Use a Redis that is nearer, or raise `redis.deadline`."),
    WRONG_DECISION(
            501,
            Severity.FAULT,
            "The script did not decide as it should.",
            "Tell us, with the version of the server: this must not happen. Do not rely on it until then."),
    REFUSED(
            502,
            Severity.FAULT,
            "Redis refuses to decide.",
            "The message is its own: look it up in the documentation of Redis.");

    /** Whether the exit code is affected. */
    enum Severity {
        FAULT,
        WARNING
    }

    private final int number;
    private final Severity severity;
    private final String meaning;
    private final String cure;

    Code(int number, Severity severity, String meaning, String cure) {
        this.number = number;
        this.severity = severity;
        this.meaning = meaning;
        this.cure = cure;
    }

    Severity severity() {
        return severity;
    }

    /** What is wrong, in general and in Markdown. */
    String meaning() {
        return meaning;
    }

    /** What to do, in Markdown. */
    String cure() {
        return cure;
    }

    /** What is wrong, as a part of a sentence. */
    String plainMeaning() {
        String plain = plain(meaning);
        return plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1, plain.length() - 1);
    }

    /** What to do. */
    String plainCure() {
        return plain(cure);
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "");
    }

    /** {@code SLUICE-204}. */
    @Override
    public String toString() {
        return "SLUICE-" + number;
    }
}
