package dev.sluice.store.redis;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Encrypts connections, with what was in the files of {@link TlsSettings} when they were read. Immutable. */
final class Tls {

    private static final char[] IN_MEMORY = {};

    private final SSLContext context;
    private final boolean verifyHostName;

    private Tls(SSLContext context, boolean verifyHostName) {
        this.context = context;
        this.verifyHostName = verifyHostName;
    }

    static Tls read(TlsSettings settings) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity(settings.identity()), authorities(settings.authorities()), null);
        return new Tls(context, settings.verifyHostName());
    }

    /** An encrypted connection over a plain one: the server has proved who it is before a byte is sent. */
    Socket over(Socket plain, RedisAddress address) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
        if (verifyHostName) {
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
        }
        encrypted.startHandshake();
        return encrypted;
    }

    static TrustManager[] authorities(Optional<Path> file) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (file.isEmpty()) {
            trust.init((KeyStore) null); // those of the JVM
            return trust.getTrustManagers();
        }
        KeyStore store = emptyStore();
        for (X509Certificate certificate : PemFile.read(file.get()).certificates()) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        trust.init(store);
        return trust.getTrustManagers();
    }

    static KeyManager[] identity(Optional<TlsSettings.Identity> identity) throws GeneralSecurityException, IOException {
        if (identity.isEmpty()) {
            return new KeyManager[0];
        }
        TlsSettings.Identity own = identity.get();
        char[] password = own.password().map(String::toCharArray).orElse(IN_MEMORY);
        KeyStore store = isText(own.certificate()) ? ofPem(own) : ofPkcs12(own.certificate(), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, isText(own.certificate()) ? IN_MEMORY : password);
        return keys.getKeyManagers();
    }

    private static boolean isText(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return bytes.read() != 0x30; // PKCS #12 is one sequence
        }
    }

    private static KeyStore ofPem(TlsSettings.Identity own) throws GeneralSecurityException, IOException {
        PemFile file = PemFile.read(own.certificate());
        List<X509Certificate> chain = file.certificates();
        PublicKey owner = chain.get(0).getPublicKey();
        PrivateKey key = (own.key().isPresent() ? PemFile.read(own.key().get()) : file).key(owner);
        if (!belongTogether(key, owner)) {
            throw new GeneralSecurityException("the private key is not that of the certificate");
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("own", key, IN_MEMORY, chain.toArray(new X509Certificate[0]));
        return store;
    }

    private static KeyStore ofPkcs12(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, password);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, IN_MEMORY);
        return store;
    }

    private static boolean belongTogether(PrivateKey key, PublicKey owner) throws GeneralSecurityException {
        String algorithm = owner.getAlgorithm();
        Signature signature = Signature.getInstance(
                algorithm.equals("EdDSA") ? algorithm : "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm));
        byte[] text = {1, 2, 3};
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(owner);
        signature.update(text);
        return signature.verify(signed);
    }
}
