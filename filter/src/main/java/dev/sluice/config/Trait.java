package dev.sluice.config;

/** What is special about an option. */
enum Trait {
    /** The value is never shown. */
    SECRET,
    /** The value may hold a secret, and is shown without it. */
    SECRET_WITHIN,
    /** The environment may also call it by its name alone: {@code REDIS_ADDRESS}. */
    BARE_NAME,
    /** Only an init-param can say it. */
    INIT_PARAM_ONLY
}
