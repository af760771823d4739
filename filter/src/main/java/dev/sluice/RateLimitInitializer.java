package dev.sluice;

import dev.sluice.config.ConfigurationReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Registers the filter in an application to which nothing has been added but the jar: for {@code /*}, before every other
 * filter, async-supported. It does nothing if the application registers the filter itself, or if {@code ratelimit.enabled}
 * is false. The container finds and runs it. Stateless.
 */
public final class RateLimitInitializer implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger("dev.sluice");

    /** Of the registration; a name that no application gives to a filter of its own. */
    private static final String FILTER_NAME = DropInFilter.class.getName();

    /** For the container. */
    public RateLimitInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        String application = "application \"" + context.getContextPath() + "\": ";
        Optional<FilterRegistration> registered = Registrations.of(context).findFirst();
        if (registered.isPresent()) {
            LOG.log(
                    Level.DEBUG,
                    application + "has filter \"" + registered.get().getName() + "\"; none added");
        } else if (!isEnabled(context)) {
            LOG.log(Level.INFO, application + "ratelimit.enabled is false; added no filter");
        } else {
            register(context);
            LOG.log(
                    Level.INFO,
                    application + "has no " + RateLimitFilter.class.getName() + " of its own; added one for /*");
        }
    }

    private static void register(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(FILTER_NAME, new DropInFilter());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static boolean isEnabled(ServletContext context) {
        return new ConfigurationReader(ServletDeployment.of(FILTER_NAME, context)).isEnabled();
    }
}
