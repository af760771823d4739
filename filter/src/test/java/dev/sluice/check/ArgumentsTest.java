package dev.sluice.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line: strict, and plain about what it does not understand. */
class ArgumentsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                   | expected a command: check or explain
            chekc                                  | unknown command "chekc"; expected check or explain
            check now                              | check takes no "now"
            check --confg x                        | unknown option --confg
            check --config                         | --config needs a value
            check --config= --redis x              | --config needs a value
            check --config /no/such/file           | --config /no/such/file: there is no such file
            check --redis a --redis b              | --redis is given twice
            check --header A:b                     | unknown option --header
            explain GET                            | explain takes METHOD and PATH
            explain GET /a /b                      | explain takes METHOD and PATH
            explain G(T /a                         | "G(T" is no method
            explain GET a                          | "a" is no path
            explain GET /a --peer nobody           | --peer "nobody" is no address
            explain GET /a --header X-Key          | --header "X-Key": expected 'NAME: VALUE'
            """)
    void whatIsWrongIsSaid(String line, String message) {
        Said said = run(line == null ? List.of() : List.of(line.split(" ")));
        assertThat(said.exitCode()).isEqualTo(Main.USAGE);
        assertThat(said.errors()).startsWith(message).contains("--help tells how to use this");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void helpTellsEverything() {
        for (List<String> asking : List.of(List.of("--help"), List.of("check", "--help"), List.of("help"))) {
            Said said = run(asking);
            assertThat(said.exitCode()).isEqualTo(Main.GOOD);
            assertThat(said.out())
                    .contains("check", "explain METHOD PATH", "--config", "--redis", "--header", "--peer");
        }
    }

    private static Said run(List<String> arguments) {
        return Said.of(Clock.systemUTC(), Map.of(), arguments);
    }
}
