package dev.sluice.config;

/** Where a value stands, as it is called in messages. */
final class Origins {

    static final String SYSTEM_PROPERTY = "system property";
    static final String ENVIRONMENT = "environment variable";
    static final String DOT_ENV = ".env";
    static final String FILE = "META-INF/microprofile-config.properties";
    static final String MICROPROFILE = "MicroProfile Config";

    private Origins() {}

    static String initParam(String filterName) {
        return "init-param of filter \"" + Quoted.escaped(filterName) + "\"";
    }
}
