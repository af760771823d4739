package dev.sluice.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Turns what tells clients apart into 22 characters that do not give it away: the first 128 bits of SHA-256, or of
 * HMAC-SHA-256 (RFC 2104). Without a secret, whoever reads Redis can still try out what is easy to guess, a user name for
 * one. Immutable. Safe for use by many threads.
 */
public final class KeyHash {

    /** Characters of base64 that hold 128 bits. */
    static final int LENGTH = 22;

    private static final int BLOCK = 64;
    private static final byte[] NOTHING = {};

    private final byte[] innerPad;
    private final byte[] outerPad;

    private KeyHash(byte[] innerPad, byte[] outerPad) {
        this.innerPad = innerPad;
        this.outerPad = outerPad;
    }

    /** SHA-256. */
    public static KeyHash plain() {
        return new KeyHash(NOTHING, NOTHING);
    }

    /** HMAC-SHA-256 under a secret that all servers share. */
    public static KeyHash keyed(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(bytes.length > BLOCK ? sha256().digest(bytes) : bytes, BLOCK);
        return new KeyHash(mixed(block, 0x36), mixed(block, 0x5c));
    }

    /** The hash of a list of texts of any length and content; different lists have different hashes. */
    String of(List<String> texts) {
        byte[] digest = digest(bytes(texts));
        return Base64.getUrlEncoder().encodeToString(digest).substring(0, LENGTH);
    }

    byte[] digest(byte[] message) {
        MessageDigest sha256 = sha256();
        sha256.update(innerPad);
        byte[] inner = sha256.digest(message);
        if (outerPad.length == 0) {
            return inner;
        }
        sha256.update(outerPad);
        return sha256.digest(inner);
    }

    /**
     * The length of each text before its characters, so that no two lists look alike; characters as they are, two bytes
     * each, because UTF-8 has but one replacement for all unpaired surrogates.
     */
    static byte[] bytes(List<String> texts) {
        int size = 0;
        for (String text : texts) {
            size += Integer.BYTES + Character.BYTES * text.length();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (String text : texts) {
            bytes.putInt(text.length());
            for (int i = 0; i < text.length(); i++) {
                bytes.putChar(text.charAt(i));
            }
        }
        return bytes.array();
    }

    private static byte[] mixed(byte[] block, int pad) {
        byte[] mixed = new byte[block.length];
        for (int i = 0; i < block.length; i++) {
            mixed[i] = (byte) (block[i] ^ pad);
        }
        return mixed;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
