package dev.sluice.config;

import dev.sluice.policy.FailureMode;
import dev.sluice.policy.Mode;
import dev.sluice.policy.RequestPattern;

import java.util.ArrayList;
import java.util.List;

import static dev.sluice.config.Group.COMMON;
import static dev.sluice.config.Group.ESSENTIAL;
import static dev.sluice.config.Group.RARE;

/** The table of options that each policy has. None is the end of another, so that a variable's name has one reading. */
final class PolicyOptions {

    private static final List<Option<?>> TABLE = new ArrayList<>();

    static final Option<List<String>> PATHS = add(new Option<>(
                    ESSENTIAL,
                    "policy.<name>.paths",
                    new ListOf<>("paths such as /login, /api/*, *.json", PolicyOptions::paths),
                    "Which requests it governs, as servlet patterns.")
            .or("/*"));
    static final Option<List<String>> EXCEPT = add(new Option<>(
            COMMON,
            "policy.<name>.except",
            new ListOf<>("paths such as /login, /api/*, *.json", PolicyOptions::paths),
            "Paths that it does not govern all the same."));
    static final Option<List<String>> METHODS = add(new Option<>(
            COMMON,
            "policy.<name>.methods",
            new ListOf<>("methods such as GET, POST", PolicyOptions::methods),
            "Which methods it governs; all where none is said. `GET` means `HEAD` too."));
    static final Option<String> KEY = add(new Option<>(
                    ESSENTIAL,
                    "policy.<name>.key",
                    Text.printable("a partition key", 1024),
                    "Who shares a bucket: `ip`, `header:NAME`, `cookie:NAME`, `query:NAME`, `principal`, `session`, `path`,"
                            + " `host`, `all` or the class of a `PartitionKey`; joined with `+`, alternatives with `,`.")
            .or("ip"));
    static final Option<Long> CAPACITY = add(new Option<>(
            ESSENTIAL,
            "policy.<name>.capacity",
            Options.TOKENS,
            "Most tokens a client can save up, and so the largest burst."));
    static final Option<Refill> REFILL =
            add(new Option<>(ESSENTIAL, "policy.<name>.refill", Refill.PER_PERIOD, "How tokens return."));
    static final Option<Long> COST = add(new Option<>(
                    RARE, "policy.<name>.cost", Options.TOKENS, "Tokens that a request takes, at most the capacity.")
            .or(Options.COST));
    static final Option<Mode> MODE =
            add(new Option<>(COMMON, "policy.<name>.mode", Word.of(Mode.class), "Whether this policy is enforced.")
                    .or(Options.MODE));
    static final Option<FailureMode> ON_FAILURE = add(new Option<>(
                    COMMON,
                    "policy.<name>.on-failure",
                    Word.of(FailureMode.class),
                    "What happens to the requests of this policy while Redis cannot answer.")
            .or(Options.ON_FAILURE));

    private PolicyOptions() {}

    private static <T> Option<T> add(Option<T> option) {
        TABLE.add(option);
        return option;
    }

    private static List<String> paths(List<String> paths) {
        RequestPattern.of(paths, List.of(), List.of());
        return List.copyOf(paths);
    }

    private static List<String> methods(List<String> methods) {
        RequestPattern.of(List.of("/*"), List.of(), methods);
        return List.copyOf(methods);
    }

    /** Every row, in the order of the documents. */
    static List<Option<?>> all() {
        return List.copyOf(TABLE);
    }

    /** {@code capacity}, {@code on-failure}, …. */
    static List<String> words() {
        return TABLE.stream().map(Option::word).toList();
    }
}
