package dev.sluice.metrics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way to one system of metrics. It may be missing, and it may be broken: neither does harm, and the latter is said once.
 * Confined to one thread at a time.
 */
final class Channel {

    private static final Logger LOG = System.getLogger("dev.sluice");

    private final String system;
    private final Optional<Publication> publication;
    private boolean said;

    /** @param publication makes it; throws an error of linkage if the application does not have the system */
    Channel(String system, Supplier<Publication> publication) {
        this.system = system;
        this.publication = make(publication);
    }

    private Optional<Publication> make(Supplier<Publication> publication) {
        try {
            return Optional.of(publication.get());
        } catch (LinkageError missing) {
            return Optional.empty();
        } catch (RuntimeException broken) {
            complain(broken);
            return Optional.empty();
        }
    }

    void publish() {
        try {
            boolean there = publication.isPresent() && publication.get().publish();
            if (there && !said) {
                said = true;
                LOG.log(Level.INFO, "metrics in " + system);
            }
        } catch (RuntimeException | LinkageError broken) {
            complain(broken);
        }
    }

    void close() {
        try {
            publication.ifPresent(Publication::close);
        } catch (RuntimeException | LinkageError broken) {
            complain(broken);
        }
    }

    private void complain(Throwable broken) {
        if (!said) {
            said = true;
            LOG.log(Level.WARNING, "no metrics in " + system + ": " + broken);
        }
    }
}
