package dev.sluice.config;

/**
 * A name found in a source that looks like one of ours. Its text does not show the value, which may be a secret.
 *
 * @param name as it stands there
 * @param value as it stands there
 * @param option that it means, known or not: {@code policy.login.capacity}
 * @param origin where it stands
 * @param spelling how options are written there
 */
record Mention(String name, String value, String option, String origin, Spelling spelling) {

    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }
}
