package dev.sluice.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeriodTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1us         |                   1
                    150ms       |             150 000
                    10s         |          10 000 000
                    1m          |          60 000 000
                    1h          |       3 600 000 000
                    1d          |      86 400 000 000
                    090S        |          90 000 000
                    PT1M        |          60 000 000
                    PT1M30S     |          90 000 000
                    pt0.5s      |             500 000
                    PT0.000001S |                   1
                    P1DT12H     |     129 600 000 000
                    106751991d  | 9 223 372 022 400 000 000
                    """)
    void readsMicroseconds(String text, String micros) {
        assertThat(Period.micros(text)).contains(Long.parseLong(micros.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0s",
                "1",
                "s",
                "1 s",
                "-1s",
                "+1s",
                "1.5s",
                "1w",
                "1month",
                "P1Y",
                "P1M",
                "PT",
                "PT0S",
                "PT-1S",
                "-PT1S",
                "PT0.0000001S",
                "106751992d",
                "PT9223372036854775807S",
                "PT99999999999999999999H",
                "٣s",
                "1s\n"
            })
    void readsNothingElse(String text) {
        assertThat(Period.micros(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1             | 1us
                    1500          | 1.5ms
                    150000        | 150ms
                    1000000       | 1s
                    3333334       | 3.334s
                    60000000      | 1m
                    70500000      | 1m10.5s
                    3600000000    | 1h
                    90000000000   | 1d1h
                    86399999999   | 1d
                    """)
    void isWrittenForPeople(long micros, String text) {
        assertThat(Period.text(micros)).isEqualTo(text);
    }
}
