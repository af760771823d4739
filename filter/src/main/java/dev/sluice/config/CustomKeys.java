package dev.sluice.config;

import dev.sluice.key.PartitionKey;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Makes the partition keys that an application brings along, each once. Fails with what is wrong with the class. */
final class CustomKeys implements Function<String, PartitionKey> {

    private final ClassLoader application;
    private final Map<String, PartitionKey> made = new HashMap<>();

    CustomKeys(ClassLoader application) {
        this.application = application;
    }

    @Override
    public PartitionKey apply(String className) {
        return made.computeIfAbsent(className, this::make);
    }

    private PartitionKey make(String className) {
        try {
            Class<?> type = Class.forName(className, true, application);
            if (!PartitionKey.class.isAssignableFrom(type)) {
                throw bad(className, "does not implement " + PartitionKey.class.getName());
            }
            return (PartitionKey) type.getConstructor().newInstance();
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

    private static IllegalArgumentException bad(String className, String problem) {
        return new IllegalArgumentException(
                "expected a public class that implements PartitionKey, with a public constructor"
                        + " without parameters; " + className + " " + problem);
    }
}
