package dev.sluice.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RefillTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    5/1m              | 1      | 12000000
                    100/s             | 1      | 10000
                    100/1s            | 1      | 10000
                    1000/1d           | 1      | 86400000
                    0.5/1s            | 1      | 2000000
                    0.1/s             | 1      | 10000000
                    7/1m              | 7      | 60000000
                    3/US              | 3      | 1
                    5/PT1M            | 1      | 12000000
                    5 / 1m            | 1      | 12000000
                    2.50/PT1M30S      | 1      | 36000000
                    1000000000/1us    | 1000000000 | 1
                    """)
    void isReadExactlyAndInLowestTerms(String text, long tokens, long micros) throws BadValueException {
        assertThat(Refill.PER_PERIOD.read(text)).isEqualTo(new Refill(tokens, micros));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1          | 1         | 1000000
                    0.1        | 1         | 10000000
                    10         | 1         | 100000
                    0.3        | 3         | 10000000
                    1000000    | 1         | 1
                    2.5        | 1         | 400000
                    00.50      | 1         | 2000000
                    """)
    void rateIsTokensPerSecond(String text, long tokens, long micros) throws BadValueException {
        assertThat(Refill.PER_SECOND.read(text)).isEqualTo(new Refill(tokens, micros));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5", "/", "5/", "/s", "0/s", "0.0/s", "-5/s", "5/-s", "5/s/s", "5./s", ".5/s", "1e3/s", "5/1", "5/ss",
                "5/1y"
            })
    void isNothingElse(String text) {
        assertThatThrownBy(() -> Refill.PER_PERIOD.read(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"5/1m, 0.08333", "100/s, 100", "1/1d, 0.00001157", "1/3us, 333300", "2000000/s, 2000000"})
    void perSecondIsForPeople(String text, String perSecond) throws BadValueException {
        assertThat(Refill.PER_PERIOD.read(text).perSecond()).isEqualTo(perSecond);
    }
}
