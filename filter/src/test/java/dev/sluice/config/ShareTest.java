package dev.sluice.config;

import dev.sluice.limiter.LocalShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShareTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1        | 1
                    1.000    | 1
                    0.76     | 1
                    0.75     | 2
                    0.5      | 2
                    0.34     | 3
                    0.33     | 3
                    0.25     | 4
                    0.17     | 6
                    0.143    | 7
                    0.000001 | 1000000
                    """)
    void isTheNearestOfSoManyServers(String text, long servers) throws BadValueException {
        assertThat(new Share().read(text)).isEqualTo(new LocalShare(servers));
    }

    @Test
    void isReadFromAnySource() {
        assertThat(Scene.of("").settings().localShare()).isEqualTo(LocalShare.WHOLE);
        Settings settings = Scene.of("env RATELIMIT_LOCAL_SHARE = 0.25").settings();
        assertThat(settings.localShare()).isEqualTo(new LocalShare(4));
        assertThat(settings.startLines())
                .contains("also set: local-share 0.25 (environment variable RATELIMIT_LOCAL_SHARE)");
    }

    @Test
    void soIsHowManyMayWait() {
        assertThat(Scene.of("").settings().redis().maxWaiting()).isEqualTo(10_000);
        assertThat(Scene.of("init redis.max-waiting = 500").settings().redis().maxWaiting())
                .isEqualTo(500);
    }
}
