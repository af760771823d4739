package dev.sluice.check;

import java.nio.file.Path;
import java.util.Optional;

/** What the command line asks for. Immutable. */
sealed interface Invocation {

    /** Where the configuration is. */
    record Place(Optional<Path> file, Optional<String> redis) {}

    /** How to use it. */
    record Help() implements Invocation {}

    /** Examine the configuration and Redis. */
    record Examine(Place place) implements Invocation {}

    /** Say what would become of a request. */
    record ExplainRequest(Place place, CommandLineRequest request) implements Invocation {}
}
