package dev.sluice.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * What surrounds one filter: everything that its configuration may be read from.
 *
 * @param filterName as the container calls the filter, for messages
 * @param initParams the init-params of the filter; {@code prefix} among them
 * @param dotEnv the values of a {@code .env} file, empty where none is read
 * @param environment the environment variables
 * @param systemProperties the system properties, asked anew at each reading
 * @param application the class loader of the application: its files, its classes, its MicroProfile Config
 */
public record Deployment(
        String filterName,
        Map<String, String> initParams,
        Map<String, String> dotEnv,
        Map<String, String> environment,
        Supplier<Map<String, String>> systemProperties,
        ClassLoader application) {

    public Deployment {
        initParams = Map.copyOf(initParams);
        dotEnv = Map.copyOf(dotEnv);
        environment = Map.copyOf(environment);
    }

    /** A filter in this process. */
    public static Deployment of(
            String filterName, Map<String, String> initParams, Map<String, String> dotEnv, ClassLoader application) {
        return new Deployment(
                filterName, initParams, dotEnv, System.getenv(), Deployment::currentSystemProperties, application);
    }

    /** Without values: some are secret. */
    @Override
    public String toString() {
        return "filter " + filterName;
    }

    private static Map<String, String> currentSystemProperties() {
        Properties properties = System.getProperties();
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> {
            String value = properties.getProperty(name);
            if (value != null) { // T2 may remove it between the two lines
                values.put(name, value);
            }
        });
        return values;
    }
}
