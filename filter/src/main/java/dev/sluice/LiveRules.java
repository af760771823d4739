package dev.sluice;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationReader;
import dev.sluice.config.Settings;
import dev.sluice.store.local.LocalBucketStore;
import dev.sluice.store.redis.RedisBucketStore;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The rules in force, kept up with the configuration: a thread of its own looks every {@code reload-every} whether a
 * value has changed. What cannot be used is refused and the rules stay as they are. Buckets outlive every change, since
 * they are in the store. Safe for use by many threads.
 */
final class LiveRules implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.sluice");

    private final ConfigurationReader reader;
    private final LocalBucketStore local = new LocalBucketStore();
    private final ScheduledExecutorService reloading;
    private volatile Rules rules;

    // Used by the starting thread, then by the reloading one alone, and by the closing one when that has ended.
    private Settings settings;
    private RedisBucketStore store;
    private String refused = "";

    /**
     * Reads the configuration and puts it in force.
     *
     * @param filterName as the container calls the filter
     * @throws ConfigurationException if the configuration cannot be used
     */
    LiveRules(String filterName, ConfigurationReader reader) {
        this.reader = reader;
        this.settings = reader.read();
        this.store = new RedisBucketStore(settings.redis());
        this.rules = Rules.of(settings, store, local);
        report();
        this.reloading = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sluice-reload-" + filterName);
            thread.setDaemon(true);
            return thread;
        });
        lookAgainLater();
    }

    /** The rules for a request that begins now. */
    Rules now() {
        return rules;
    }

    @Override
    public void close() {
        reloading.shutdownNow();
        store.close();
    }

    private void lookAgainLater() {
        reloading.schedule(this::reload, settings.reloadEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void reload() {
        try {
            Settings changed = reader.read();
            if (changed.differsFrom(settings)) {
                putInForce(changed);
            }
            refused = "";
        } catch (ConfigurationException mistakes) {
            refuse(mistakes.getMessage());
        } finally {
            if (!reloading.isShutdown()) {
                lookAgainLater();
            }
        }
    }

    private void putInForce(Settings changed) {
        RedisBucketStore former = store;
        if (!changed.redis().equals(settings.redis())) {
            store = new RedisBucketStore(changed.redis());
        }
        settings = changed;
        rules = Rules.of(changed, store, local);
        if (store != former) {
            former.close();
        }
        LOG.log(Level.INFO, "The configuration has changed. In force from now on:");
        report();
    }

    /** Once for each different set of mistakes: the same one again is no news. */
    private void refuse(String mistakes) {
        if (!mistakes.equals(refused)) {
            refused = mistakes;
            LOG.log(
                    Level.ERROR,
                    "The changed configuration cannot be used; the former one stays in force.\n" + mistakes);
        }
    }

    private void report() {
        settings.startLines().forEach(line -> LOG.log(Level.INFO, line));
        settings.notices().forEach(line -> LOG.log(Level.WARNING, line));
    }
}
