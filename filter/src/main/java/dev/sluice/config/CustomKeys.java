package dev.sluice.config;

import dev.sluice.key.PartitionKey;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The partition keys that an application brings along: a bean of CDI, or made by us, each once. Fails with what is wrong
 * with the class.
 */
final class CustomKeys implements Function<String, PartitionKey> {

    private final ClassLoader application;
    private final CdiBeans beans;
    private final Map<String, PartitionKey> made = new HashMap<>();

    CustomKeys(ClassLoader application) {
        this.application = application;
        this.beans = new CdiBeans(application);
    }

    @Override
    public PartitionKey apply(String className) {
        return made.computeIfAbsent(className, this::make);
    }

    private PartitionKey make(String className) {
        try {
            Class<?> type = Class.forName(className, true, application);
            if (!PartitionKey.class.isAssignableFrom(type)) {
                throw bad(className, "does not implement " + PartitionKey.class.getName() + ofWhichCopy());
            }
            Optional<Object> bean = bean(type);
            return (PartitionKey)
                    (bean.isPresent() ? bean.get() : type.getConstructor().newInstance());
        } catch (ClassNotFoundException missing) {
            throw bad(className, "is not found in the application");
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException unusable) {
            throw bad(className, "is not public, or has no public constructor without parameters");
        } catch (InvocationTargetException thrown) {
            throw bad(className, "has a constructor that threw " + thrown.getCause());
        } catch (LinkageError broken) {
            throw bad(className, "cannot be loaded: " + broken);
        }
    }

    private Optional<Object> bean(Class<?> type) {
        try {
            return beans.find(type);
        } catch (InvocationTargetException thrown) {
            throw bad(type.getName(), "is a bean for which CDI threw " + thrown.getCause());
        }
    }

    /** Or the message would be hard to believe. */
    private String ofWhichCopy() {
        try {
            boolean same = Class.forName(PartitionKey.class.getName(), false, application) == PartitionKey.class;
            return same ? "" : " of the server's copy of the jar, but of the application's: one of the two has to go";
        } catch (ClassNotFoundException | LinkageError hidden) {
            return "";
        }
    }

    private static IllegalArgumentException bad(String className, String problem) {
        return new IllegalArgumentException(
                "expected a public class that implements PartitionKey, with a public constructor"
                        + " without parameters; " + className + " " + problem);
    }
}
