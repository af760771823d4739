package dev.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Things separated by commas; none may be empty. All that is wrong with them is said together.
 *
 * @param expected what each thing is, in the plural
 * @param reader fails with {@link IllegalArgumentException}, saying what it got and expects
 */
record ListOf<T>(String expected, Function<List<String>, T> reader) implements Format<T> {

    @Override
    public T read(String text) throws BadValueException {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            items.add(item.strip());
        }
        if (items.contains("")) {
            throw bad(faults(items));
        }
        try {
            return reader.apply(items);
        } catch (IllegalArgumentException refused) {
            String faults = faults(items);
            throw bad(faults.isEmpty() ? refused.getMessage() : faults);
        }
    }

    /** What is wrong with each item alone. */
    private String faults(List<String> items) {
        Set<String> faults = new LinkedHashSet<>();
        items.forEach(item -> fault(item).ifPresent(faults::add));
        return String.join("; and ", faults);
    }

    private Optional<String> fault(String item) {
        if (item.isEmpty()) {
            return Optional.of("an empty item");
        }
        try {
            reader.apply(List.of(item));
            return Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.of(refused.getMessage());
        }
    }
}
