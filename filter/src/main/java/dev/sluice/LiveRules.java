package dev.sluice;

import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationReader;
import dev.sluice.config.Settings;
import dev.sluice.limiter.FailureModes;
import dev.sluice.metrics.Metrics;
import dev.sluice.policy.Policy;
import dev.sluice.store.local.LocalBucketStore;
import dev.sluice.store.redis.RedisBucketStore;
import org.jspecify.annotations.Nullable;

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
    private final AtomicReference<@Nullable Thread> reloadingThread = new AtomicReference<>();
    private volatile Rules rules = Rules.none();
    private volatile Optional<RedisBucketStore> store = Optional.empty();
    private volatile List<Policy> policies = List.of(); // in force, or about to be
    private volatile boolean closed;

    // Used by the starting thread, then by the reloading one alone.
    private Settings settings;
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
        this.reloading = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sluice-reload-" + filterName);
            thread.setDaemon(true);
            reloadingThread.set(thread);
            return thread;
        });
        this.settings = reader.read();
        boolean started = false;
        try {
            putInForce(settings);
            report();
            metrics.publish();
            lookAgain(Math.min(SOON_MILLIS, settings.reloadEvery().toMillis()));
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** The rules for a request that begins now. */
    Rules now() {
        return rules;
    }

    @Override
    public void close() {
        closed = true;
        reloading.shutdownNow();
        awaitReloading();
        store.ifPresent(RedisBucketStore::close);
        metrics.close();
    }

    private void awaitReloading() {
        Thread thread = reloadingThread.get();
        try {
            if (thread != null) { // the executor calls itself terminated a moment before its thread has ended
                thread.join(MOMENT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAgain(long afterMillis) {
        reloading.schedule(this::look, afterMillis, TimeUnit.MILLISECONDS);
    }

    /** Whatever goes wrong, it looks again. */
    private void look() {
        try {
            boolean usable = reload();
            metrics.publish(); // there may be new policies, or an OpenTelemetry that came later than the filter
            refused = usable ? "" : refused;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            refuse("Looking for a changed configuration failed, and is tried again: " + failure);
        } finally {
            if (!reloading.isShutdown()) {
                lookAgain(settings.reloadEvery().toMillis());
            }
        }
    }

    /** Whether the configuration can be used as it is now. */
    private boolean reload() throws InterruptedException {
        try {
            Settings changed = reader.read();
            if (changed.differsFrom(settings)) {
                TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
                if (!reader.read().differsFrom(changed)) {
                    putInForce(changed);
                    LOG.log(Level.INFO, "The configuration has changed. In force from now on:");
                    report();
                }
            }
            return true;
        } catch (ConfigurationException mistakes) {
            refuse("The changed configuration cannot be used; the former one stays in force.\n"
                    + mistakes.getMessage());
            return false;
        }
    }

    /** Of two stores one is closed: the former, or, if it comes to nothing, the new one. */
    private void putInForce(Settings changed) {
        policies = changed.policies();
        Optional<RedisBucketStore> former = store;
        Optional<RedisBucketStore> next = storeFor(changed);
        Optional<RedisBucketStore> unused = next;
        try {
            rules = rulesOf(changed, next);
            settings = changed;
            store = next;
            unused = former;
        } finally {
            if (!next.equals(former)) {
                unused.ifPresent(RedisBucketStore::close);
            }
        }
        if (closed) { // meanwhile: who closed may have seen the former store only
            next.ifPresent(RedisBucketStore::close);
        }
    }

    /** The one that there is, if it leads to the same Redis. A filter that is switched off has none. */
    private Optional<RedisBucketStore> storeFor(Settings changed) {
        if (!changed.enabled()) {
            return Optional.empty();
        }
        if (store.isPresent() && changed.redis().equals(settings.redis())) {
            return store;
        }
        return Optional.of(
                new RedisBucketStore(changed.redis(), () -> FailureModes.inWords(policies), metrics.observer()));
    }

    private Rules rulesOf(Settings changed, Optional<RedisBucketStore> store) {
        if (store.isEmpty()) {
            metrics.inForce(List.of(), () -> 0);
            return Rules.none();
        }
        Rules changedRules = Rules.of(changed, store.get(), local, metrics.observer());
        metrics.inForce(changed.policies(), store.get()::openBreakers);
        return changedRules;
    }

    /** Once for each different set of mistakes: the same one again is no news. */
    private void refuse(String text) {
        if (!text.equals(refused)) {
            refused = text;
            LOG.log(Level.ERROR, text);
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
