package dev.sluice.config;

import java.util.List;
import java.util.Optional;

/** How options are called in one kind of source. */
interface Spelling {

    /** Every way to write an option there; the first that is set counts. */
    List<String> of(String option);

    /** The way that people write an option there, for advice. */
    String advised(String option);

    /** The option that a name found there means, known or not; empty if the name is none of ours. */
    Optional<String> optionOf(String name);

    /** Whether names that are none of ours may look as if they were: clusters inject variables. */
    boolean isLoose();
}
