package dev.sluice.store.redis;

import dev.sluice.bucket.TokenBucket;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.args.RawableFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The script {@code token_bucket.lua}: the arithmetic of {@link TokenBucket} on the clock of Redis. */
final class TokenBucketScript {

    private static final String RESOURCE = "token_bucket.lua";

    /** What EVAL sends. */
    static final byte[] TEXT = read();

    /** What EVALSHA sends: the SHA-1 of the text in hexadecimal, by which Redis knows a script it has seen. */
    static final Rawable SHA1 = RawableFactory.from(sha1(TEXT));

    private TokenBucketScript() {}

    private static byte[] read() {
        try (InputStream script = TokenBucketScript.class.getResourceAsStream(RESOURCE)) {
            if (script == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + TokenBucketScript.class.getName());
            }
            return script.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
