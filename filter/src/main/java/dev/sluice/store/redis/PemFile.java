package dev.sluice.store.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text file of certificates and keys, each between {@code -----BEGIN …-----} and {@code -----END …-----}. Immutable. */
record PemFile(String text) {

    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<base64>[^-]*)-----END [A-Z ]*PRIVATE KEY-----");
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    static PemFile read(Path file) throws IOException {
        return new PemFile(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** @throws CertificateException if there is none, or one cannot be read */
    List<X509Certificate> certificates() throws CertificateException {
        int begin = text.indexOf("-----BEGIN CERTIFICATE-----");
        if (begin < 0) {
            throw new CertificateException("there is no certificate in PEM form");
        }
        byte[] blocks = text.substring(begin)
                .replaceAll("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", "")
                .getBytes(StandardCharsets.ISO_8859_1);
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(blocks)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    boolean hasKey() {
        return KEY.matcher(text).find();
    }

    /**
     * The private key, as PKCS #8, or as OpenSSL used to write it.
     *
     * @param owner the public key that belongs to it
     * @throws GeneralSecurityException if there is none, or it cannot be read
     */
    PrivateKey key(PublicKey owner) throws GeneralSecurityException {
        Matcher block = KEY.matcher(text);
        if (!block.find()) {
            throw new GeneralSecurityException("there is no private key in PEM form");
        }
        String kind = block.group("kind").strip();
        if (kind.equals("ENCRYPTED") || block.group("base64").contains("ENCRYPTED")) {
            throw new GeneralSecurityException(
                    "the private key is encrypted; expected a plain one, or a PKCS #12 file and redis.tls.password");
        }
        try {
            byte[] key = Base64.getMimeDecoder().decode(block.group("base64"));
            byte[] pkcs8 = kind.isEmpty() ? key : pkcs8(key, owner);
            return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | GeneralSecurityException unreadable) {
            throw new GeneralSecurityException("the private key cannot be read, or is not one of "
                    + owner.getAlgorithm() + " like the certificate");
        }
    }

    /** PKCS #1 and SEC 1 keys do not say of what algorithm they are: the public key does, in the same form. */
    private static byte[] pkcs8(byte[] key, PublicKey owner) {
        return tagged(SEQUENCE, VERSION_0, algorithm(owner.getEncoded()), tagged(OCTET_STRING, key));
    }

    /** The first element of the sequence that a public key is. */
    private static byte[] algorithm(byte[] publicKey) {
        int begin = contentAt(publicKey, 0);
        int length = publicKey[begin + 1]; // an algorithm is short
        return Arrays.copyOfRange(publicKey, begin, begin + 2 + length);
    }

    private static int contentAt(byte[] der, int at) {
        int length = der[at + 1];
        return at + 2 + (length < 0 ? length & 0x7f : 0);
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        int length = content.size();
        if (length < 0x80) {
            der.write(length);
        } else {
            der.write(0x82); // two bytes of length follow; a key is never longer
            der.write(length >> 8);
            der.write(length);
        }
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }
}
