package dev.sluice.limiter;

import dev.sluice.bucket.TokenBucket;
import dev.sluice.key.BucketKey;
import dev.sluice.policy.Policy;
import org.junit.jupiter.api.Test;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

class RejectionLogTest {

    private static final Policy LOGIN = Policies.enforced("login", TokenBucket.of(1, 1, Duration.ofSeconds(1)));
    private static final Policy API = Policies.enforced("api", TokenBucket.of(1, 1, Duration.ofSeconds(1)));

    private final AtomicLong now = new AtomicLong();

    @Test
    void writesALineEveryTenSecondsAndCountsTheRestOfEachPolicy() {
        List<String> lines = new ArrayList<>();
        Handler capturing = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(MessageFormat.format(record.getMessage(), record.getParameters()));
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing to close
            }
        };
        Logger logger = Logger.getLogger("dev.sluice");
        logger.addHandler(capturing);
        try {
            RejectionLog log = new RejectionLog(List.of(LOGIN, API), now::get);
            for (int millis = 0; millis < 20_000; millis += 5) {
                now.set(millis * 1_000_000L);
                log.rejected(LOGIN, BucketKey.unnamed("203.0.113.7"));
            }
            now.set(20_000_000_000L);
            log.rejected(API, BucketKey.unnamed("203.0.113.8"));
        } finally {
            logger.removeHandler(capturing);
        }
        assertThat(lines)
                .containsExactly(
                        "Policy login rejects rate_limit:203.0.113.7",
                        "Policy login rejects rate_limit:203.0.113.7"
                                + " (and before, since the last such line: login 1999)",
                        "Policy api rejects rate_limit:203.0.113.8"
                                + " (and before, since the last such line: login 1999)");
    }
}
