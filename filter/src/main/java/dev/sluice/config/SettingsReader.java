package dev.sluice.config;

import dev.sluice.key.CidrBlocks;
import dev.sluice.key.ClientAddress;
import dev.sluice.key.KeyHash;
import dev.sluice.key.Partition;
import dev.sluice.policy.Mode;
import dev.sluice.policy.Policy;
import dev.sluice.store.redis.RedisSettings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Makes settings of what the sources say. Confined to one reading. */
final class SettingsReader {

    private final Sources sources;
    private final Mistakes mistakes;
    private final CustomKeys customKeys;
    private final Values values;
    private final List<Notice> notices = new ArrayList<>();
    private final List<String> startLines = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final Map<String, PolicyValues> inForce = new LinkedHashMap<>();

    SettingsReader(Sources sources, Mistakes mistakes, CustomKeys customKeys) {
        this.sources = sources;
        this.mistakes = mistakes;
        this.customKeys = customKeys;
        this.values = new Values(sources, mistakes);
    }

    Settings read() {
        Options.all().forEach(this::check);
        Map<String, Mention> named = new NameCheck(sources, mistakes, notices).policies();
        startLines.add("configuration from " + sources.description());
        RedisSettings redis = new RedisReader(values, mistakes, notices).read();
        startLines.add(StartLines.redis(values));
        StartLines.others(values).ifPresent(startLines::add);
        ClientAddress clientAddress = clientAddress();
        readPolicies(named, clientAddress);
        mistakes.throwIfAny();
        return new Settings(
                values.of(Options.ENABLED).get(),
                redis,
                policies,
                values.of(Options.LOCAL_SHARE).get(),
                values.of(Options.HEADERS).get(),
                values.of(Options.REJECTION).get(),
                values.of(Options.EXEMPT).parsed().orElse(CidrBlocks.NONE),
                clientAddress,
                values.of(Options.RELOAD_EVERY).get(),
                values.given(),
                notices,
                startLines,
                Overview.of(values, inForce));
    }

    private void check(Option<?> option) {
        if (!option.is(Trait.INIT_PARAM_ONLY)) {
            values.of(option);
        }
    }

    private ClientAddress clientAddress() {
        Value<CidrBlocks> trusted = values.of(Options.TRUSTED_PROXIES);
        Value<String> header = values.of(Options.FORWARDED_HEADER);
        if (header.given().isPresent() && trusted.given().isEmpty()) {
            notices.add(new Notice(
                    Notice.Kind.HEADER_NOT_READ,
                    header.quoted() + ": not read, because no proxy is trusted; set trusted-proxies too"));
        }
        return new ClientAddress(
                trusted.parsed().orElse(CidrBlocks.NONE),
                header.get(),
                values.of(Options.IPV6_PREFIX).get().intValue());
    }

    private void readPolicies(Map<String, Mention> named, ClientAddress clientAddress) {
        KeyHash hash =
                values.of(Options.KEY_SECRET).parsed().map(KeyHash::keyed).orElseGet(KeyHash::plain);
        PolicyReader reader = new PolicyReader(
                expression -> Partition.parse(expression, clientAddress, hash, customKeys), mistakes, notices);
        if (named.isEmpty()) {
            add(PolicyValues.unnamed(values), reader);
            return;
        }
        noticeInVain(values.of(Options.BUCKET_CAPACITY), values.of(Options.REFILL_RATE), named);
        named.forEach((name, namedBy) -> {
            PolicyValues policy = PolicyValues.named(name, values);
            reader.checkComplete(policy, namedBy);
            add(policy, reader);
        });
    }

    private void add(PolicyValues values, PolicyReader reader) {
        reader.read(values).ifPresent(policy -> {
            startLines.add(StartLines.policy(values, policy));
            if (policy.mode() != Mode.OFF) {
                policies.add(policy);
                inForce.put(policy.name(), values);
            }
        });
    }

    private void noticeInVain(Value<Long> capacity, Value<Refill> rate, Map<String, Mention> named) {
        List<String> inVain = Stream.of(capacity, rate)
                .filter(this::isMeantForThisFilter)
                .map(value -> value.name() + " " + value.withOrigin())
                .toList();
        if (!inVain.isEmpty()) {
            notices.add(new Notice(
                    Notice.Kind.IN_VAIN,
                    String.join(" and ", inVain) + ": without effect, because policies are named: "
                            + String.join(", ", named.keySet())));
        }
    }

    /** A bare name is read by every filter of the application; one with a prefix is there beside another, which may want it. */
    private boolean isMeantForThisFilter(Value<?> value) {
        String bare = value.name().replace('.', '_').toUpperCase(Locale.ROOT);
        boolean alone = sources.find(Options.PREFIX.name()).isEmpty();
        return value.given()
                .filter(given -> alone || !given.name().equals(bare))
                .isPresent();
    }
}
