package dev.sluice.store.redis;

import dev.sluice.bucket.Decision;
import dev.sluice.store.BucketStore;
import dev.sluice.store.Charge;
import dev.sluice.store.StoreUnavailableException;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Buckets in Redis: one EVALSHA decides a request. Safe for use by many threads.
 *
 * <p>Connections are made when first needed, so a Redis that is down does not keep the application from starting.
 */
public final class RedisBucketStore implements BucketStore, AutoCloseable {

    private final UnifiedJedis redis;
    private final StoreLog log;

    public RedisBucketStore(RedisSettings settings) {
        this.redis = Connections.to(settings);
        this.log = new StoreLog(settings.address().toString());
    }

    @Override
    public List<Decision> tryConsume(List<Charge> charges) throws StoreUnavailableException {
        ScriptCall call = new ScriptCall();
        call.add(charges);
        ScriptReply reply = run(call);
        log.available();
        reply.damaged().forEach(log::damaged);
        ScriptReply.Answer answer = reply.answers().get(0);
        if (!answer.foreign().isEmpty()) {
            log.foreign(answer.foreign());
            throw StoreUnavailableException.forBuckets(answer.foreign(), "the key holds a value of another type");
        }
        return answer.decisions();
    }

    @Override
    public void close() {
        redis.close();
    }

    private ScriptReply run(ScriptCall call) throws StoreUnavailableException {
        try {
            return call.read(evaluate(call));
        } catch (JedisException | IllegalArgumentException failure) {
            log.unavailable(failure);
            throw StoreUnavailableException.forAll("Redis did not decide");
        }
    }

    /** NOSCRIPT means that nothing was executed, so the same question may be asked again, with the text. */
    private Object evaluate(ScriptCall call) {
        try {
            return redis.evalsha(TokenBucketScript.SHA1, call.keys(), call.arguments());
        } catch (JedisNoScriptException unknown) {
            return redis.eval(TokenBucketScript.TEXT, call.keys(), call.arguments());
        }
    }
}
