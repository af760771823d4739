package dev.sluice.store.redis;

import dev.sluice.store.FaultKind;

import javax.net.ssl.SSLException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/** Why a connection could not be encrypted, in words that say what to change. */
final class TlsFault {

    private TlsFault() {}

    /** @return empty if TLS is not to blame */
    static Optional<Fault> of(Throwable failure) {
        Optional<SSLException> tls = cause(failure, SSLException.class).filter(each -> !isOfTheNetwork(each));
        return tls.map(exception -> new Fault(
                FaultKind.MISCONFIGURED,
                meaning(exception) + ": "
                        + Fault.printable(String.valueOf(deepest(exception).getMessage()))));
    }

    /** A connection may end or fall silent at any time, also while TLS begins. */
    private static boolean isOfTheNetwork(SSLException failure) {
        return cause(failure, EOFException.class).isPresent()
                || cause(failure, SocketException.class).isPresent()
                || cause(failure, InterruptedIOException.class).isPresent();
    }

    private static String meaning(SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (cause(failure, CertificateExpiredException.class).isPresent()) {
            return "its certificate has expired";
        }
        if (cause(failure, CertificateNotYetValidException.class).isPresent()) {
            return "its certificate is not valid yet";
        }
        if (cause(failure, CertPathBuilderException.class).isPresent()) {
            return "its certificate is from nobody who is trusted; see redis.tls.ca";
        }
        if (cause(failure, CertificateException.class).isPresent()) {
            return "its certificate is not for this host";
        }
        if (message.startsWith("Unsupported or unrecognized SSL message")) {
            return "it does not speak TLS; the address says rediss://";
        }
        return message.startsWith("Received fatal alert")
                ? "it refuses TLS with us; it may want another certificate, see redis.tls.certificate"
                : "no TLS with it";
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    private static Throwable deepest(Throwable failure) {
        return failure.getCause() == null ? failure : deepest(failure.getCause());
    }
}
