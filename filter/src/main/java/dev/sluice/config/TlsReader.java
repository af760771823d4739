package dev.sluice.config;

import dev.sluice.store.redis.TlsSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How connections to Redis are encrypted, and whether all that is said of it can be so. */
final class TlsReader {

    private static final List<Option<?>> OF_TLS = List.of(
            Options.REDIS_TLS_CA,
            Options.REDIS_TLS_CERTIFICATE,
            Options.REDIS_TLS_KEY,
            Options.REDIS_TLS_PASSWORD,
            Options.REDIS_TLS_VERIFY_HOST_NAME);

    private final Values values;
    private final Mistakes mistakes;
    private final List<Notice> notices;

    TlsReader(Values values, Mistakes mistakes, List<Notice> notices) {
        this.values = values;
        this.mistakes = mistakes;
        this.notices = notices;
    }

    /** @param inUse whether any connection is encrypted */
    TlsSettings read(boolean inUse) {
        if (!inUse) {
            OF_TLS.forEach(option -> refuse(
                    option,
                    "of use with TLS only; expected " + Options.REDIS_ADDRESS.name() + " to begin with rediss://"));
            return TlsSettings.USUAL;
        }
        Value<Boolean> verify = values.of(Options.REDIS_TLS_VERIFY_HOST_NAME);
        if (!verify.get()) {
            notices.add(new Notice(
                    Notice.Kind.TLS_UNVERIFIED,
                    verify.quoted() + ": a certificate for any other host passes for that of Redis"));
        }
        TlsSettings tls = new TlsSettings(values.of(Options.REDIS_TLS_CA).parsed(), identity(), verify.get());
        tls.problemWithAuthorities().ifPresent(problem -> refuse(Options.REDIS_TLS_CA, problem));
        tls.problemWithIdentity().ifPresent(problem -> refuse(Options.REDIS_TLS_CERTIFICATE, problem));
        return tls;
    }

    private Optional<TlsSettings.Identity> identity() {
        Optional<Path> certificate = values.of(Options.REDIS_TLS_CERTIFICATE).parsed();
        if (certificate.isEmpty()) {
            String message =
                    "of no use without a certificate; expected " + Options.REDIS_TLS_CERTIFICATE.name() + " too";
            refuse(Options.REDIS_TLS_KEY, message);
            refuse(Options.REDIS_TLS_PASSWORD, message);
        }
        return certificate.map(file -> new TlsSettings.Identity(
                file,
                values.of(Options.REDIS_TLS_KEY).parsed(),
                values.of(Options.REDIS_TLS_PASSWORD).parsed()));
    }

    private void refuse(Option<?> option, String message) {
        values.of(option).given().ifPresent(given -> mistakes.add(option, given, message));
    }
}
