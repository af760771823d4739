package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.store.Charge;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.args.Rawable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is asked of the script, and what is made of its reply; the header of token_bucket.lua says what it should be. */
class ScriptCallTest {

    private static final TokenBucket BURST = new TokenBucket(5_000, 1, 7);
    private static final TokenBucket STEADY = new TokenBucket(10, 1, 1_000_000);

    private final ScriptCall call = new ScriptCall();

    @Test
    void tellsOneRequest() {
        call.add(List.of(charge("a", BURST, 2)), Act.TAKE);

        assertThat(told()).isEqualTo("1 rate_limit:a | 1 5000 1 7 | 1 | 1 1 1 2 1");
    }

    @Test
    void tellsEqualRequestsOnceAndEachKindOnce() {
        List<Charge> both = List.of(charge("a", BURST, 2), charge("b", STEADY, 1));
        call.add(both, Act.TAKE);
        call.add(both, Act.TAKE);
        call.add(List.of(charge("c", BURST, 3)), Act.TAKE);

        assertThat(told())
                .isEqualTo("3 rate_limit:a rate_limit:b rate_limit:c | 2 5000 1 7 10 1 1000000 | 1 2 1"
                        + " | 2 2 1 2 1 2 1 1 1 1 3 3 1");
    }

    @Test
    void findsEachOfManyBucketsAgain() {
        for (int round = 0; round < 2; round++) {
            for (int client = 1; client <= 100; client++) {
                call.add(List.of(charge("c" + client, STEADY, 1 + round)), Act.TAKE);
            }
        }

        String[] parts = told().split(" \\| ");
        assertThat(parts[0]).startsWith("100 rate_limit:c1 ").endsWith(" rate_limit:c100");
        assertThat(parts[1]).isEqualTo("1 10 1 1000000");
        assertThat(parts[3]).startsWith("1 1 1 1 1 1 1 2 1 1 ").endsWith(" 1 1 99 2 1 1 1 100 2 1");
    }

    @Test
    void refusesABucketWithOtherParameters() {
        call.add(List.of(charge("a", BURST, 2)), Act.TAKE);

        assertThat(call.add(List.of(charge("a", STEADY, 2)), Act.TAKE)).isFalse();
    }

    @Test
    void givesEachRequestItsAnswer() {
        List<Charge> first = List.of(charge("a", STEADY, 2));
        for (int i = 0; i < 3; i++) {
            call.add(first, Act.TAKE);
        }
        call.add(List.of(charge("b", STEADY, 1)), Act.TAKE);
        call.add(first, Act.TAKE); // equal to those above: no other request for its bucket stands between

        ScriptReply reply = call.read(List.of(77L, 3L, 1L, 500L, 900L, -1L, 0L, 0L, 0L, 1L));

        assertThat(reply.nowMicros()).isEqualTo(77);
        assertThat(reply.damaged()).containsExactly(BucketKey.unnamed("a"));
        assertThat(reply.answers())
                .extracting(answer -> ((ScriptReply.Decided) answer).decisions())
                .containsExactly(
                        List.of(new Decision.Permitted(5, 500)),
                        List.of(new Decision.Permitted(3, 500)),
                        List.of(new Decision.Permitted(1, 500)),
                        List.of(),
                        List.of(new Decision.Rejected(1, 500, 900)));
        assertThat(((ScriptReply.Decided) reply.answers().get(3)).foreign()).containsExactly(BucketKey.unnamed("b"));
    }

    @Test
    void refusesWhatIsNoReplyToIt() {
        call.add(List.of(charge("a", STEADY, 2)), Act.TAKE);

        for (Object reply : List.of(
                "OK",
                List.of(),
                List.of(77L, 1L, 1L, 0L),
                List.of(77L, "1", 1L, 0L, 0L),
                List.of(77L, 1L, 1L, 0L, 0L, 2L))) {
            assertThatIllegalArgumentException().isThrownBy(() -> call.read(reply));
        }
    }

    private static Charge charge(String client, TokenBucket bucket, long cost) {
        return new Charge(BucketKey.unnamed(client), bucket, cost, true);
    }

    /** KEYS with their number, the kinds, the kind of each key, and the requests. */
    private String told() {
        List<String> words = new ArrayList<>();
        for (Rawable argument : call.byDigest()) {
            words.add(new String(argument.getRaw(), StandardCharsets.US_ASCII));
        }
        words = words.subList(2, words.size()); // EVALSHA and the digest
        int keys = Integer.parseInt(words.get(0));
        int kinds = Integer.parseInt(words.get(keys + 1));
        int kindsEnd = keys + 2 + 3 * kinds;
        return String.join(
                " | ",
                String.join(" ", words.subList(0, keys + 1)),
                String.join(" ", words.subList(keys + 1, kindsEnd)),
                String.join(" ", words.subList(kindsEnd, kindsEnd + keys)),
                String.join(" ", words.subList(kindsEnd + keys, words.size())));
    }
}
