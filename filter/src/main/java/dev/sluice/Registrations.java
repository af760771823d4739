package dev.sluice;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;

import java.util.stream.Stream;

/** Which of an application's filters are ours. By the names of classes: our jar may be there twice, in two class loaders. */
final class Registrations {

    private Registrations() {}

    /** Of {@link RateLimitFilter} and of classes that extend it. */
    static Stream<FilterRegistration> of(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .<FilterRegistration>map(each -> each)
                .filter(each -> isOurs(each, context.getClassLoader()));
    }

    private static boolean isOurs(FilterRegistration registration, ClassLoader application) {
        String name = registration.getClassName();
        if (name == null) {
            return false;
        }
        if (name.equals(RateLimitFilter.class.getName())) {
            return true;
        }
        try {
            Class<?> type = Class.forName(name, false, application);
            while (type != null && !type.getName().equals(RateLimitFilter.class.getName())) {
                type = type.getSuperclass();
            }
            return type != null;
        } catch (ClassNotFoundException | LinkageError unusable) {
            return false; // and the container will say so
        }
    }
}
