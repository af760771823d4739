package dev.sluice.check;

import dev.sluice.store.redis.NoAnswerException;
import dev.sluice.store.redis.RedisAddress;
import dev.sluice.store.redis.RedisInterview;
import dev.sluice.store.redis.RedisSettings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An interview that notes why a question has no answer, so that who asks need not. Confined to one thread. */
final class Conversation implements AutoCloseable {

    /** A question. */
    interface Question<T> {
        T ask(RedisInterview interview) throws NoAnswerException;
    }

    private final RedisInterview interview;
    private final Findings findings;
    private final RedisAddress address;
    private final boolean encrypted;
    private boolean troubled;
    private boolean over;

    private Conversation(RedisInterview interview, Findings findings, RedisAddress address, boolean encrypted) {
        this.interview = interview;
        this.findings = findings;
        this.address = address;
        this.encrypted = encrypted;
    }

    /** Connects; where that is impossible it is noted why. */
    static Optional<Conversation> begin(Server server, Findings findings) {
        RedisSettings settings = server.settings();
        RedisAddress address = server.address();
        try {
            return Optional.of(
                    new Conversation(RedisInterview.begin(settings), findings, address, settings.encrypted()));
        } catch (NoAnswerException failure) {
            Code code = codeOf(failure, address, settings.encrypted());
            findings.add(code, "Redis at " + address + detail(code, failure));
            return Optional.empty();
        }
    }

    /** The reply to a command. */
    Optional<List<String>> ask(String... words) {
        return attempt(words[0], interview -> interview.ask(words));
    }

    /** @param command what to grant if a permission is missing */
    <T> Optional<T> attempt(String command, Question<T> question) {
        if (over) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.ask(interview));
        } catch (NoAnswerException failure) {
            note(command, failure);
            return Optional.empty();
        }
    }

    /** The same, where the user need not have the permission. */
    <T> Optional<T> attemptIfPermitted(String command, Question<T> question, Runnable denied) {
        Optional<Optional<T>> answer = attempt(command, asked -> {
            try {
                return Optional.of(question.ask(asked));
            } catch (NoAnswerException failure) {
                if (!Refusals.isDenial(failure.refusal()) && !Refusals.isUnknown(failure.refusal())) {
                    throw failure;
                }
                denied.run();
                return Optional.empty();
            }
        });
        return answer.orElse(Optional.empty());
    }

    /** Whether a question had no answer, and so there is no decision to be had. */
    boolean isTroubled() {
        return troubled;
    }

    private void note(String command, NoAnswerException failure) {
        Code code = codeOf(failure, address, encrypted);
        over = failure.refusal().isEmpty();
        troubled = true;
        if (code == Code.COMMAND_DENIED) {
            String grant = "+" + command.toLowerCase(Locale.ROOT);
            findings.add(code, "Redis at " + address + ": the user may not run " + command + "; grant " + grant);
        } else if (command.startsWith("SENTINEL") && Refusals.isUnknown(failure.refusal())) {
            findings.add(Code.NO_MASTER, "Redis at " + address + " is no sentinel");
        } else {
            findings.addFirst(code, "Redis at " + address, detail(code, failure));
        }
    }

    private static Code codeOf(NoAnswerException failure, RedisAddress address, boolean encrypted) {
        return failure.refusal().isEmpty()
                ? Diagnosis.of(failure, address, encrypted)
                : Refusals.codeOf(failure.refusal());
    }

    /** As the filter says it; where Redis said nothing, with what was found out besides. */
    private static String detail(Code code, NoAnswerException failure) {
        String words = " unavailable (" + failure.getMessage() + ")";
        return failure.refusal().isEmpty() ? words + ": " + code.plainMeaning() : words;
    }

    @Override
    public void close() {
        interview.close();
    }
}
