package dev.sluice;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationReader;
import dev.sluice.config.Settings;
import dev.sluice.limiter.FailureModes;
import dev.sluice.metrics.Metrics;
import dev.sluice.store.local.LocalBucketStore;
import dev.sluice.store.redis.RedisBucketStore;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The rules in force, kept up with the configuration: a thread of its own looks every {@code reload-every} whether a
 * value has changed. What cannot be used is refused and the rules stay as they are. Buckets outlive every change, since
 * they are in the store. Safe for use by many threads.
 */
final class LiveRules implements AutoCloseable {

    private static final Logger LOG = System.getLogger("dev.sluice");

    /** A file may be read while somebody writes it: what it says counts when it says the same a moment later. */
    private static final long MOMENT_MILLIS = 200;

    /** After the start. Quarkus makes filters before all that configures it at run time is there. */
    private static final long SOON_MILLIS = 1_000;

    private final ConfigurationReader reader;
    private final Metrics metrics;
    private final LocalBucketStore local = new LocalBucketStore();
    private final ScheduledExecutorService reloading;
    private final Thread reloadingThread;
    private volatile Rules rules;

    // Used by the starting thread, then by the reloading one alone, and by the closing one when that has ended.
    private Settings settings;
    private Optional<RedisBucketStore> store = Optional.empty();
    private String refused = "";

    /**
     * Reads the configuration and puts it in force.
     *
     * @param filterName as the container calls the filter
     * @param metrics measures, whatever rules are in force; published from here on
     * @throws ConfigurationException if the configuration cannot be used
     */
    LiveRules(String filterName, ConfigurationReader reader, Metrics metrics) {
        this.reader = reader;
        this.metrics = metrics;
        this.settings = reader.read();
        this.rules = rulesOf(settings);
        report();
        metrics.publish();
        AtomicReference<Thread> made = new AtomicReference<>();
        this.reloading = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sluice-reload-" + filterName);
            thread.setDaemon(true);
            made.set(thread);
            return thread;
        });
        lookAgain(Math.min(SOON_MILLIS, settings.reloadEvery().toMillis())); // makes the thread
        this.reloadingThread = made.get();
    }

    /** The rules for a request that begins now. */
    Rules now() {
        return rules;
    }

    @Override
    public void close() {
        reloading.shutdownNow();
        awaitReloading(); // it may be making a store
        store.ifPresent(RedisBucketStore::close);
        metrics.close();
    }

    private void awaitReloading() {
        try {
            reloadingThread.join(
                    MOMENT_MILLIS); // the executor calls itself terminated a moment before its thread has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A filter that is switched off has no rules, and no store. */
    private Rules rulesOf(Settings settings) {
        if (!settings.enabled()) {
            metrics.inForce(List.of(), () -> 0);
            return Rules.none();
        }
        RedisBucketStore kept = store.orElseGet(() -> new RedisBucketStore(
                settings.redis(), () -> FailureModes.inWords(settings.policies()), metrics.observer()));
        store = Optional.of(kept);
        metrics.inForce(settings.policies(), kept::openBreakers);
        return Rules.of(settings, kept, local, metrics.observer());
    }

    private void lookAgain(long afterMillis) {
        reloading.schedule(this::reload, afterMillis, TimeUnit.MILLISECONDS);
    }

    private void reload() {
        try {
            Settings changed = reader.read();
            if (changed.differsFrom(settings)) {
                TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
                if (!reader.read().differsFrom(changed)) {
                    putInForce(changed);
                }
            }
            refused = "";
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ConfigurationException mistakes) {
            refuse(mistakes.getMessage());
        } finally {
            metrics.publish(); // there may be new policies, or an OpenTelemetry that came later than the filter
            if (!reloading.isShutdown()) {
                lookAgain(settings.reloadEvery().toMillis());
            }
        }
    }

    private void putInForce(Settings changed) {
        Optional<RedisBucketStore> former = store;
        if (!changed.enabled() || !changed.redis().equals(settings.redis())) {
            store = Optional.empty();
        }
        rules = rulesOf(changed);
        settings = changed;
        if (!store.equals(former)) {
            former.ifPresent(RedisBucketStore::close);
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
        if (!settings.enabled()) {
            LOG.log(Level.INFO, "rate limiting is switched off (enabled = false)");
            return;
        }
        settings.startLines().forEach(line -> LOG.log(Level.INFO, line));
        settings.notices().forEach(notice -> LOG.log(Level.WARNING, notice.text()));
    }
}
