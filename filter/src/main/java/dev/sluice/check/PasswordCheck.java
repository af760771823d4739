package dev.sluice.check;

import dev.sluice.store.redis.NoAnswerException;
import dev.sluice.store.redis.RedisInterview;
import dev.sluice.store.redis.RedisSettings;

import java.util.Optional;

/** Whether Redis wants the password that is set: a default user without one takes any, and so does not say. */
record PasswordCheck(Findings findings) {

    private static final String DEFAULT_USER = "default";

    void examine(Server server) {
        if (isOfDefaultUser(server.settings()) && answersStrangers(server.settings())) {
            findings.add(
                    Code.PASSWORD_IN_VAIN,
                    "Redis at " + server.address() + " has no password: it answers whoever reaches it");
        }
    }

    private static boolean isOfDefaultUser(RedisSettings settings) {
        return settings.credentials()
                .map(each -> each.username().orElse(DEFAULT_USER))
                .filter(DEFAULT_USER::equals)
                .isPresent();
    }

    private static boolean answersStrangers(RedisSettings settings) {
        RedisSettings strangers = new RedisSettings(
                settings.topology(),
                settings.encrypted(),
                settings.tls(),
                Optional.empty(),
                settings.deadline(),
                settings.maxWaiting());
        try (RedisInterview interview = RedisInterview.begin(strangers)) {
            interview.nowMicros();
            return true;
        } catch (NoAnswerException refused) {
            return false;
        }
    }
}
