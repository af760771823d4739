package dev.sluice.config;

/**
 * Reads the configuration of one filter, at start and again whenever asked. Confined to one thread at a time.
 *
 * <pre>{@code
 * ConfigurationReader reader = new ConfigurationReader(Deployment.of(filterName, initParams, dotEnv, classLoader));
 * Settings settings = reader.read();
 * }</pre>
 */
public final class ConfigurationReader {

    private final Deployment deployment;

    public ConfigurationReader(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * What the configuration says now.
     *
     * @throws ConfigurationException if it cannot be used: with every mistake at once
     */
    public Settings read() {
        throw new UnsupportedOperationException("being written: " + deployment.filterName());
    }
}
