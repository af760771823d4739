package dev.sluice.config;

import java.util.List;
import java.util.Optional;

/** One place where values come from. Confined to one reading. */
interface Source {

    /** What it says of an option, {@code policy.login.capacity}; the value may be empty. */
    Optional<Given> find(String option);

    /** Every name in it that looks like one of ours. */
    List<Mention> mentions();
}
