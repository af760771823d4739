package dev.sluice.config;

import java.util.Optional;

/** Why MicroProfile Config is not in use. Without its classes, which are then not there. */
final class MicroProfileAbsence {

    private static final String API = "org.eclipse.microprofile.config.ConfigProvider";

    private MicroProfileAbsence() {}

    /** Empty if there is none. */
    static Optional<String> reason(Throwable failure, ClassLoader application) {
        if (!isSeenBy(application)) {
            return Optional.empty();
        }
        return Optional.of(
                isSeenBy(MicroProfileAbsence.class.getClassLoader())
                        ? "MicroProfile Config does not work here: " + Quoted.escaped(failure.toString())
                        : "not MicroProfile Config: the application has it, the filter is in a library that does not see it");
    }

    private static boolean isSeenBy(ClassLoader loader) {
        try {
            Class.forName(API, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
