package dev.sluice.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads options of the table from the sources, and collects what is wrong. Confined to one reading. */
final class Values {

    private final Sources sources;
    private final Mistakes mistakes;
    private final Map<String, Given> given = new HashMap<>();

    Values(Sources sources, Mistakes mistakes) {
        this.sources = sources;
        this.mistakes = mistakes;
    }

    /** An option of the whole filter. A bad value is reported, and the default takes its place for the time being. */
    <T> Value<T> of(Option<T> option) {
        return read(option, option.name());
    }

    /** An option of one policy; where it has none, that of all policies counts. */
    <T> Value<T> of(Option<T> option, String policy) {
        Value<T> own = read(option, option.nameIn(policy));
        return own.given().isEmpty() && option.inherits().isPresent()
                ? of(option.inherits().get())
                : own;
    }

    /** The value of an option where nobody gives one. */
    <T> Value<T> unsaid(Option<T> option) {
        return option.inherits()
                .map(this::of)
                .orElseGet(() -> new Value<>(option, option.name(), Optional.empty(), fallback(option), false));
    }

    /** Everything that was asked for and given so far. */
    Givens given() {
        return new Givens(given);
    }

    private <T> Value<T> read(Option<T> option, String name) {
        Optional<Given> winner = sources.find(name);
        winner.ifPresent(each -> given.put(name, each));
        Optional<Given> said = winner.filter(each -> !each.isEmpty());
        if (said.isEmpty()) {
            return new Value<>(option, name, said, fallback(option), false);
        }
        try {
            return new Value<>(option, name, said, Optional.of(parse(option, said.get())), false);
        } catch (BadValueException bad) {
            mistakes.add(option, said.get(), bad.getMessage());
            return new Value<>(option, name, said, fallback(option), true);
        }
    }

    private static <T> T parse(Option<T> option, Given given) throws BadValueException {
        if (given.flaw().isPresent()) {
            throw new BadValueException(given.flaw().get());
        }
        return option.format()
                .read(option.is(Trait.SECRET) ? given.value() : given.value().strip());
    }

    private static <T> Optional<T> fallback(Option<T> option) {
        if (option.fallback().isEmpty()) {
            return option.inherits().flatMap(Values::fallback);
        }
        try {
            return Optional.of(option.format().read(option.fallback().get()));
        } catch (BadValueException impossible) { // every default is tested
            throw new IllegalStateException(option.name(), impossible);
        }
    }
}
