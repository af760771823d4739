package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Things separated by commas; none may be empty.
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
            throw bad();
        }
        try {
            return reader.apply(items);
        } catch (IllegalArgumentException refused) {
            throw new BadValueException("expected " + expected + "; " + refused.getMessage());
        }
    }
}
