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
            findings.add(code, detail(code, address, failure));
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

    /** The same, where it does not matter that Redis refuses. */
    <T> Optional<T> attemptSilently(Question<T> question) {
        try {
            return over ? Optional.empty() : Optional.of(question.ask(interview));
        } catch (NoAnswerException refused) {
            over = refused.refusal().isEmpty();
            return Optional.empty();
        }
    }

    /** Whether Redis does not answer any more. */
    boolean isOver() {
        return over;
    }

    private void note(String command, NoAnswerException failure) {
        Code code = codeOf(failure, address, encrypted);
        over = failure.refusal().isEmpty();
        if (code == Code.COMMAND_DENIED) {
            findings.add(
                    code,
                    "Redis at " + address + ": the user may not run " + command + "; grant +"
                            + command.toLowerCase(Locale.ROOT));
        } else {
            findings.addFirst(code, detail(code, address, failure));
        }
    }

    private static Code codeOf(NoAnswerException failure, RedisAddress address, boolean encrypted) {
        return failure.refusal().isEmpty()
                ? Diagnosis.of(failure, address, encrypted)
                : Refusals.codeOf(failure.refusal());
    }

    /** As the filter says it; where Redis said nothing, with what was found out besides. */
    private static String detail(Code code, RedisAddress address, NoAnswerException failure) {
        String words = "Redis at " + address + " unavailable (" + failure.getMessage() + ")";
        return failure.refusal().isEmpty() ? words + ": " + code.plainMeaning() : words;
    }

    @Override
    public void close() {
        interview.close();
    }
}
