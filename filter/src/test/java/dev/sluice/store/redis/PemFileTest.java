package dev.sluice.store.redis;

import dev.sluice.testing.CertificateAuthority;
import dev.sluice.testing.Certified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PemFileTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("authority");

    private static PublicKey owner(Certified certified) {
        return certified.chain().get(0).getPublicKey();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void readsAKeyAsTheJdkAndOpenSslWriteIt(String algorithm) throws Exception {
        Certified certified = AUTHORITY.forClient(algorithm);
        assertThat(new PemFile(certified.keyPem()).key(owner(certified))).isEqualTo(certified.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void readsAKeyAsOpenSslUsedToWriteIt(String algorithm) throws Exception {
        Certified certified = AUTHORITY.forClient(algorithm);
        byte[] pkcs8 = certified.key().getEncoded();
        String pem = Certified.pem(algorithm + " PRIVATE KEY", keyWithin(pkcs8));
        assertThat(new PemFile(pem).key(owner(certified))).isEqualTo(certified.key());
    }

    /** The octet string at the end: the key in the form of its algorithm. */
    private static byte[] keyWithin(byte[] pkcs8) {
        int at = contentAt(pkcs8, 0) + 3; // after the version
        at = contentAt(pkcs8, at) + pkcs8[at + 1]; // after the algorithm
        return Arrays.copyOfRange(pkcs8, contentAt(pkcs8, at), pkcs8.length);
    }

    private static int contentAt(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    @Test
    void readsCertificatesBetweenOtherThings() throws Exception {
        Certified certified = AUTHORITY.forClient("EC");
        PemFile file =
                new PemFile("Bag Attributes\n" + Certified.pem(certified.chain().get(0)) + "\nsubject=issued\n"
                        + certified.keyPem() + Certified.pem(certified.chain().get(1)));
        assertThat(file.certificates()).isEqualTo(certified.chain());
        assertThat(file.key(owner(certified))).isEqualTo(certified.key());
    }

    @Test
    void saysWhatIsWrong() {
        PublicKey owner = owner(AUTHORITY.forClient("EC"));
        assertThatThrownBy(() -> new PemFile("nothing").certificates())
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("there is no certificate in PEM form");
        assertThatThrownBy(() -> new PemFile("nothing").key(owner)).hasMessage("there is no private key in PEM form");
        assertThatThrownBy(() -> new PemFile(Certified.pem("ENCRYPTED PRIVATE KEY", new byte[9])).key(owner))
                .hasMessageStartingWith("the private key is encrypted");
        assertThatThrownBy(() -> new PemFile(AUTHORITY.forClient("RSA").keyPem()).key(owner))
                .hasMessage("the private key cannot be read, or is not one of EC like the certificate");
        assertThatThrownBy(() -> new PemFile(Certified.pem("EC PRIVATE KEY", new byte[0])).key(owner))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
