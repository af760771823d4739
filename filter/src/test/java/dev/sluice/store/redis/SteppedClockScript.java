package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.Charge;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.UnifiedJedis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The script in a real Redis, on a clock that the test sets: {@code TIME} alone is replaced, by a read of two keys. Keys
 * written this way do not expire, since real time has nothing to do with theirs.
 */
final class SteppedClockScript {

    private static final String CLOCK_CALL = "call('TIME')";
    // With the true margin a process that is held back for long enough between two looks at its clock finds the bucket
    // expired while it sets the expiry, and deletes it: by the clock of the machine it is full by then, by ours it is
    // not.
    private static final String MARGIN = "EXPIRY_MARGIN_MILLIS = 10 ";
    private static final String END = "\nreturn reply\n";

    private final UnifiedJedis redis;
    private final byte[] text;

    SteppedClockScript(UnifiedJedis redis) {
        this.redis = redis;
        String script = new String(TokenBucketScript.TEXT, StandardCharsets.UTF_8);
        if (!script.contains(CLOCK_CALL) || !script.contains(MARGIN) || !script.endsWith(END)) {
            throw new IllegalStateException("the script no longer reads its clock or ends as this class expects");
        }
        this.text = script.replace(CLOCK_CALL, "call('MGET', 'clock:seconds', 'clock:micros')")
                .replace(MARGIN, "EXPIRY_MARGIN_MILLIS = 100000000 ")
                .replace(END, "\nfor _, key in ipairs(KEYS) do redis.call('PERSIST', key) end\n" + END)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Decides requests in one call, at a moment. */
    ScriptReply run(long nowMicros, List<List<Charge>> requests) {
        return run(nowMicros, Act.TAKE, requests);
    }

    /** The same for another act. */
    ScriptReply run(long nowMicros, Act act, List<List<Charge>> requests) {
        redis.mset(
                "clock:seconds", Long.toString(Math.floorDiv(nowMicros, 1_000_000L)),
                "clock:micros", Long.toString(Math.floorMod(nowMicros, 1_000_000L)));
        ScriptCall call = new ScriptCall();
        for (List<Charge> request : requests) {
            if (!call.add(request, act)) {
                throw new IllegalArgumentException("a bucket with two sets of parameters in one call: " + request);
            }
        }
        return call.read(redis.executeCommand(new CommandObject<>(call.byText(text), BuilderFactory.RAW_OBJECT)));
    }

    /** Decides one request for one bucket. */
    Decision run(long nowMicros, Charge charge) {
        return run(nowMicros, Act.TAKE, charge);
    }

    Decision run(long nowMicros, Act act, Charge charge) {
        return ((ScriptReply.Decided)
                        run(nowMicros, act, List.of(List.of(charge))).answers().get(0))
                .decisions()
                .get(0);
    }
}
