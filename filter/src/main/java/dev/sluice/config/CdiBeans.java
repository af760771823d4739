package dev.sluice.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * The beans of the application, if it has CDI. By reflection, and the only file that knows it: it is the CDI of the
 * application, which our own class loader may not see.
 */
final class CdiBeans {

    private final ClassLoader application;

    CdiBeans(ClassLoader application) {
        this.application = application;
    }

    /**
     * The bean of this class; empty if it is none, or if there is no CDI.
     *
     * @throws InvocationTargetException what CDI throws if it cannot make it, or knows several
     */
    Optional<Object> find(Class<?> type) throws InvocationTargetException {
        Optional<Object> container = container();
        if (container.isEmpty()) {
            return Optional.empty();
        }
        try {
            Class<?> instance = Class.forName("jakarta.enterprise.inject.Instance", false, application);
            Object beans = instance.getMethod("select", Class.class, Annotation[].class)
                    .invoke(container.get(), type, new Annotation[0]);
            boolean isNone = (boolean) instance.getMethod("isUnsatisfied").invoke(beans);
            return isNone
                    ? Optional.empty()
                    : Optional.of(instance.getMethod("get").invoke(beans));
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | LinkageError unusable) {
            return Optional.empty();
        }
    }

    /** Empty also where there are its classes, but nothing that runs it. */
    private Optional<Object> container() {
        try {
            Class<?> cdi = Class.forName("jakarta.enterprise.inject.spi.CDI", true, application);
            return Optional.of(cdi.getMethod("current").invoke(null));
        } catch (ReflectiveOperationException | LinkageError absent) {
            return Optional.empty();
        }
    }
}
