package dev.sluice.check;

import dev.sluice.store.redis.NoAnswerException;
import dev.sluice.store.redis.RedisAddress;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Why there is no connection. */
final class Diagnosis {

    private static final List<Class<? extends Throwable>> CERTIFICATE =
            List.of(CertificateException.class, CertPathBuilderException.class, CertPathValidatorException.class);

    private Diagnosis() {}

    /** @param encrypted whether TLS was asked for */
    static Code of(NoAnswerException failure, RedisAddress address, boolean encrypted) {
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(failure, causes);
        if (has(causes, UnknownHostException.class)) {
            return Code.UNKNOWN_HOST;
        }
        if (has(causes, NoRouteToHostException.class)) {
            return Code.NO_REPLY;
        }
        if (has(causes, ConnectException.class)) {
            return Code.NOTHING_LISTENS;
        }
        if (CERTIFICATE.stream().anyMatch(type -> has(causes, type))) {
            return Code.CERTIFICATE;
        }
        return switch (PortProbe.of(address).language()) {
            case REDIS -> encrypted ? Code.PLAIN_PORT : Code.NO_REPLY;
            case TLS -> !encrypted ? Code.TLS_PORT : isLate(causes) ? Code.NO_REPLY : Code.CLIENT_CERTIFICATE;
            case OTHER -> Code.NOT_REDIS;
            case SILENCE -> Code.NO_REPLY;
        };
    }

    private static boolean isLate(Set<Throwable> causes) {
        return has(causes, SocketTimeoutException.class);
    }

    private static void collect(Throwable failure, Set<Throwable> causes) {
        if (causes.add(failure)) {
            Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
                    .forEach(cause -> collect(cause, causes));
        }
    }

    private static boolean has(Set<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }
}
