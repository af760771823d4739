package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a connection is encrypted. The certificate of the server is always checked. Immutable; its text shows no secret.
 *
 * @param authorities a PEM file of the certificates that are trusted to vouch for Redis; where there is none, those that
 *     the JVM trusts
 * @param identity what is shown to a Redis that asks who is there
 * @param verifyHostName whether the certificate must also be for the host that was asked for
 */
public record TlsSettings(Optional<Path> authorities, Optional<Identity> identity, boolean verifyHostName) {

    /** The trust of the JVM, no certificate of our own, and host names verified. */
    public static final TlsSettings USUAL = new TlsSettings(Optional.empty(), Optional.empty(), true);

    /**
     * Our own certificate and its private key.
     *
     * @param certificate a PEM file with the certificate and those between it and its authority; or a PKCS #12 file,
     *     which holds the key too
     * @param key a PEM file with the private key; where there is none, it stands in the file of the certificate
     * @param password of the PKCS #12 file, if it has one
     */
    public record Identity(Path certificate, Optional<Path> key, Optional<String> password) {

        @Override
        public String toString() {
            return certificate.toString();
        }

        // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity that
                    && certificate.equals(that.certificate)
                    && key.equals(that.key)
                    && password.equals(that.password);
        }

        @Override
        public int hashCode() {
            return certificate.hashCode();
        }
    }

    /** Reads the authorities: what is wrong with them, if anything is. */
    public Optional<String> problemWithAuthorities() {
        return authorities.flatMap(file -> TlsProblem.of(() -> Tls.authorities(authorities)));
    }

    /** Reads the identity: what is wrong with it, if anything is. */
    public Optional<String> problemWithIdentity() {
        return TlsProblem.of(() -> Tls.identity(identity));
    }

    // Written out, as above.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsSettings that
                && authorities.equals(that.authorities)
                && identity.equals(that.identity)
                && verifyHostName == that.verifyHostName;
    }

    @Override
    public int hashCode() {
        return authorities.hashCode() * 31 + identity.hashCode();
    }
}
