package dev.sluice.store.redis;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What {@code AUTH} is given. Immutable; its text shows no secret.
 *
 * @param username the ACL user; empty for the default user
 * @param password not empty
 */
public record Credentials(Optional<String> username, String password) {

    public Credentials {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("password must not be empty");
        }
    }

    /** {@code ****:****}. */
    @Override
    public String toString() {
        return username.map(user -> "****").orElse("") + ":****";
    }

    // Written out: the generated one would keep the application's class loader alive (JDK 17, ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that && username.equals(that.username) && password.equals(that.password);
    }

    @Override
    public int hashCode() {
        return username.hashCode();
    }
}
