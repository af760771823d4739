package dev.sluice.config;

import java.util.List;

/** The configuration cannot be used. Tells every mistake at once, one a line, without any secret. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    ConfigurationException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** At least one; each names the option, its value, where it comes from and what is expected. */
    public List<String> mistakes() {
        return mistakes;
    }
}
