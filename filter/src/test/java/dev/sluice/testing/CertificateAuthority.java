package dev.sluice.testing;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Issues certificates for tests, valid from an hour ago for a day unless told otherwise. Safe for use by many threads. */
public final class CertificateAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.name("1.2.840.10045.4.3.2"));
    private static final byte[] CA_ONLY = extension("2.5.29.19", Der.sequence(Der.yes()));

    private final String name;
    private final PrivateKey key;
    private final X509Certificate certificate;

    private CertificateAuthority(String name, PrivateKey key, X509Certificate certificate) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
    }

    public static CertificateAuthority named(String name) {
        KeyPair keys = keys("EC");
        Instant now = Instant.now();
        X509Certificate own =
                sign(name, keys.getPrivate(), name, keys, now.minusSeconds(3600), Duration.ofDays(1), CA_ONLY);
        return new CertificateAuthority(name, keys.getPrivate(), own);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** For this machine by its loopback address and the name {@code localhost}. */
    public Certified forLoopback() {
        return issue("EC", Instant.now().minusSeconds(3600), Duration.ofDays(1), loopback());
    }

    /** The same, of another time. */
    public Certified forLoopback(Instant from, Duration time) {
        return issue("EC", from, time, loopback());
    }

    /** For a host of that name. */
    public Certified forHost(String host) {
        return issue("EC", Instant.now().minusSeconds(3600), Duration.ofDays(1), Der.tagged(0x82, host.getBytes()));
    }

    /** For a client; its name is not looked at. */
    public Certified forClient(String algorithm) {
        return issue(
                algorithm, Instant.now().minusSeconds(3600), Duration.ofDays(1), Der.tagged(0x82, "app".getBytes()));
    }

    private Certified issue(String algorithm, Instant from, Duration time, byte[] alternativeNames) {
        KeyPair keys = keys(algorithm);
        byte[] names = extension("2.5.29.17", Der.sequence(alternativeNames));
        X509Certificate issued = sign(name, key, "issued", keys, from, time, names);
        return new Certified(keys.getPrivate(), List.of(issued, certificate));
    }

    private static byte[] loopback() {
        byte[] address = Der.tagged(0x87, Loopback.address().getAddress());
        byte[] host = Der.tagged(0x82, "localhost".getBytes());
        byte[] both = new byte[address.length + host.length];
        System.arraycopy(address, 0, both, 0, address.length);
        System.arraycopy(host, 0, both, address.length, host.length);
        return both;
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            String issuer,
            PrivateKey key,
            String subject,
            KeyPair owner,
            Instant from,
            Duration time,
            byte[] extension) {
        byte[] toSign = Der.sequence(
                Der.tagged(0xa0, Der.integer(2)),
                Der.integer(SERIAL.getAndIncrement()),
                ECDSA_WITH_SHA256,
                commonName(issuer),
                Der.sequence(Der.time(from), Der.time(from.plus(time))),
                commonName(subject),
                owner.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(toSign);
            byte[] certificate = Der.sequence(toSign, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] commonName(String name) {
        return Der.sequence(Der.set(Der.sequence(Der.name("2.5.4.3"), Der.text(name))));
    }

    private static byte[] extension(String name, byte[] value) {
        return Der.sequence(Der.name(name), Der.octets(value));
    }
}
