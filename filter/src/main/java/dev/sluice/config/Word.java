package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of a few words, in any case. */
record Word<T>(List<String> words, Map<String, T> meanings) implements Format<T> {

    /** {@code true} or {@code false}. */
    static Word<Boolean> trueOrFalse() {
        return new Word<>(List.of("true", "false"), Map.of("true", true, "false", false));
    }

    /** The constants of an enum, {@code ERROR_PAGE} written {@code error-page}. */
    static <E extends Enum<E>> Word<E> of(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        return new Word<>(
                constants.stream().map(Word::written).toList(),
                constants.stream().collect(Collectors.toMap(Word::written, Function.identity())));
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String expected() {
        int last = words.size() - 1;
        return Stream.of(String.join(", ", words.subList(0, last)), words.get(last))
                .collect(Collectors.joining(" or "));
    }

    @Override
    public T read(String text) throws BadValueException {
        T meaning = meanings.get(text.toLowerCase(Locale.ROOT));
        if (meaning == null) {
            throw bad();
        }
        return meaning;
    }
}
