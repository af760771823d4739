package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.BucketStore;
import dev.sluice.store.BucketStoreContract;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import dev.sluice.testing.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisBucketStoreIT extends BucketStoreContract {

    private static final TokenBucket TEN = TokenBucket.of(10, 1, Duration.ofSeconds(1));
    private static final TokenBucket TEN_A_DAY = TokenBucket.of(10, 10, Duration.ofDays(1));
    private static final BucketKey KEY = BucketKey.unnamed("203.0.113.7");

    private static RedisServer server;
    private static RedisBucketStore store;

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
        store = new RedisBucketStore(TestSettings.of(server));
    }

    @AfterAll
    static void stopRedis() {
        store.close();
        server.close();
    }

    @BeforeEach
    void forgetTheBucket() {
        redis().del(KEY.text());
    }

    @Override
    protected BucketStore store() {
        return store;
    }

    @Test
    void storesAHashThatAPersonCanRead() throws Exception {
        decide(new Charge(KEY, TEN, 3, true));
        Map<String, String> hash = redis().hgetAll("rate_limit:203.0.113.7");
        assertThat(hash).containsOnlyKeys("tokens", "last_refill", "fraction");
        assertThat(hash).containsEntry("tokens", "7").containsEntry("fraction", "0/1000000");
        assertThat(hash.get("last_refill")).matches("\\d{16}");
    }

    @ParameterizedTest(name = "{0} of 10, {1} tokens each {2} s")
    @CsvSource({"1, 1, 1", "10, 1, 1", "5, 3, 1", "1, 7, 60", "3, 1, 86400", "2, 1000000, 1"})
    void expiresWhenFullAgainAndAtMostASecondLater(long cost, long tokens, long seconds) throws Exception {
        decide(new Charge(KEY, TokenBucket.of(10, tokens, Duration.ofSeconds(seconds)), cost, true));
        long written = Long.parseLong(redis().hget(KEY.text(), "last_refill")) / 1000;
        long fullAfter = (cost * seconds * 1000 + tokens - 1) / tokens;
        assertThat(redis().pexpireTime(KEY.text()) - written).isBetween(fullAfter, fullAfter + 1_000);
    }

    @Test
    void writesNothingWhenItRejects() throws Exception {
        decide(new Charge(KEY, TEN_A_DAY, 10, true));
        byte[] before = redis().dump(KEY.text());
        long expiry = redis().pexpireTime(KEY.text());
        assertThat(decide(new Charge(KEY, TEN_A_DAY, 1, true))).isInstanceOf(Decision.Rejected.class);
        assertThat(redis().dump(KEY.text())).isEqualTo(before);
        assertThat(redis().pexpireTime(KEY.text())).isEqualTo(expiry);
    }

    @Test
    void curesAForgottenScriptWithinTheDecision() throws Exception {
        for (int i = 1; i <= 5; i++) {
            redis().scriptFlush();
            assertThat(decide(new Charge(KEY, TEN_A_DAY, 1, true)).remaining()).isEqualTo(10 - i);
        }
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "tokens, many",
        "tokens, -1",
        "tokens, 1.5",
        "tokens, 99999999999999999999",
        "tokens, ''",
        "last_refill, 1.8e+15",
        "last_refill, yesterday",
        "fraction, 1",
        "fraction, 3/2",
        "fraction, 0/0",
        "fraction, 1/-2",
    })
    void aDamagedFieldCountsAsAFullBucketAndIsWrittenAnew(String field, String value) throws Exception {
        decide(new Charge(KEY, TEN_A_DAY, 10, true));
        redis().hset(KEY.text(), field, value);
        assertThat(decide(new Charge(KEY, TEN_A_DAY, 1, true)).remaining()).isEqualTo(9);
        assertThat(redis().hget(KEY.text(), "tokens")).isEqualTo("9");
        assertThat(redis().pttl(KEY.text())).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"tokens", "last_refill", "fraction"})
    void aMissingFieldCountsAsAFullBucket(String field) throws Exception {
        decide(new Charge(KEY, TEN_A_DAY, 10, true));
        redis().hdel(KEY.text(), field);
        assertThat(decide(new Charge(KEY, TEN_A_DAY, 1, true)).remaining()).isEqualTo(9);
    }

    @Test
    void aValueOfAnotherTypeIsLeftAloneAndConcernsItsBucketOnly() {
        BucketKey other = BucketKey.unnamed("203.0.113.8");
        redis().set(KEY.text(), "somebody else's");
        assertThatThrownBy(() -> store.tryConsume(
                        List.of(new Charge(other, TEN_A_DAY, 1, true), new Charge(KEY, TEN_A_DAY, 1, true))))
                .isInstanceOfSatisfying(StoreUnavailableException.class, unavailable -> {
                    assertThat(unavailable.concerns(KEY)).isTrue();
                    assertThat(unavailable.concerns(other)).isFalse();
                });
        assertThat(redis().get(KEY.text())).isEqualTo("somebody else's");
        assertThat(redis().exists(other.text())).isFalse();
    }

    @Test
    void aBucketIsNeverLeftWithoutExpiryEvenIfExpiryIsForbidden() {
        redis().executeCommand(new CommandArguments(Protocol.Command.ACL)
                .addObjects("SETUSER", "no-expiry", "on", ">secret", "~*", "+@all", "-pexpire"));
        try (RedisBucketStore forbidden = new RedisBucketStore(TestSettings.of(server, "no-expiry", "secret"))) {
            assertThatThrownBy(() -> forbidden.tryConsume(List.of(new Charge(KEY, TEN, 1, true))))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(redis().exists(KEY.text())).isFalse();
    }

    @Test
    void createsNoBucketWhenMemoryIsFull() {
        redis().configSet("maxmemory", "1");
        try {
            assertThatThrownBy(() -> decide(new Charge(KEY, TEN_A_DAY, 1, true)))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(redis().exists(KEY.text())).isFalse();
        } finally {
            redis().configSet("maxmemory", "0");
        }
        Awaitility.await()
                .ignoreException(StoreUnavailableException.class) // of a breaker that has opened meanwhile
                .untilAsserted(() -> decide(new Charge(KEY, TEN_A_DAY, 1, true)));
    }

    @Test
    void aRedisThatIsDownIsUnavailable() {
        RedisServer gone = RedisServer.start();
        gone.close();
        try (RedisBucketStore unreachable = new RedisBucketStore(TestSettings.of(gone))) {
            assertThatThrownBy(() -> unreachable.tryConsume(List.of(new Charge(KEY, TEN, 1, true))))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            unavailable -> assertThat(unavailable.concerns(KEY)).isTrue());
        }
    }

    private static Decision decide(Charge charge) throws StoreUnavailableException {
        return store.tryConsume(List.of(charge)).get(0);
    }

    private static UnifiedJedis redis() {
        return server.client();
    }
}
