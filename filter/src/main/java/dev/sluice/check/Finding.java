package dev.sluice.check;

/**
 * One thing that is wrong, or may be. Immutable; shows no secret.
 *
 * @param code which kind of thing
 * @param detail what exactly, one line
 */
record Finding(Code code, String detail) {}
