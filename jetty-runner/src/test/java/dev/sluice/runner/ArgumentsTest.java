package dev.sluice.runner;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArgumentsTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", textBlock = """
                    --port 8081                 -> 8081
                    --port=8081                 -> 8081
                    --port 0                    -> 0
                    --port 65535                -> 65535
                    --port 1 --port=2           -> 2
                    --redis localhost --port 1  -> 1
                    """)
    void readsPort(String words, int port) throws Exception {
        assertThat(parse(words).port()).contains(port);
    }

    @Test
    void readsEachOption() throws Exception {
        assertThat(parse("--host ::1 --port 1 --redis redis://:a=b@host:2 --war=x=y.war"))
                .isEqualTo(new Arguments(
                        false,
                        Optional.of("::1"),
                        Optional.of(1),
                        Optional.of("redis://:a=b@host:2"),
                        Optional.of(Path.of("x=y.war"))));
        assertThat(Arguments.parse(List.of()).port()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--port 1 --help", "-h --port 1"})
    void readsWishForHelp(String words) throws Exception {
        assertThat(parse(words).help()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", textBlock = """
                    --prot 1                         -> --prot: unknown option
                    --prot=1                         -> --prot: unknown option
                    redis://user:secret@host         -> redis://****@host: unknown option
                    --port                           -> --port: expected a value
                    --port=                          -> --port: expected a value
                    --redis --port 1                 -> --redis: expected a value
                    --port x                         -> --port = "x": expected a number from 0 to 65535
                    --port -1                        -> --port = "-1": expected a number from 0 to 65535
                    --port 65536                     -> --port = "65536": expected a number from 0 to 65535
                    --redis http://me:secret@host    -> --redis = "http://****@host": expected host, host:port,
                    --redis redis://u:secret%zz@host -> --redis = "redis://****@host": expected host, host:port,
                    --redis host:0                   -> --redis = "host:0": expected host, host:port,
                    """)
    void tellsMistake(String words, String mistake) {
        assertThatThrownBy(() -> parse(words))
                .hasMessageStartingWith(mistake)
                .hasMessageNotContaining("secret")
                .asInstanceOf(InstanceOfAssertFactories.type(StartException.class))
                .returns(2, StartException::status);
    }

    private static Arguments parse(String words) throws StartException {
        return Arguments.parse(List.of(words.split(" ")));
    }
}
