package dev.sluice.runner;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** One browser for the tests of a class. After each of them no page may have complained, or asked another host. */
final class BrowserForTests implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private @Nullable Browser browser;

    Browser get() {
        return Objects.requireNonNull(browser, "opened before all tests");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        browser = new Browser();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        get().reset();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        assertThat(get().complaints()).isEmpty();
        assertThat(get().requests())
                .isNotEmpty()
                .allSatisfy(uri -> assertThat(uri).hasScheme("http").hasHost("127.0.0.1"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        get().close();
    }
}
