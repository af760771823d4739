package dev.sluice.config;

/** How many applications have use for an option; the order of the documents. */
enum Group {
    ESSENTIAL,
    COMMON,
    RARE
}
