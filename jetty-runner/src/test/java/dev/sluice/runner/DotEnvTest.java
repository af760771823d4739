package dev.sluice.runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DotEnvTest {

    private static final Map<String, String> PROCESS = Map.of("HOME", "home", "A", "process");

    @TempDir
    private Path folder;

    /** A bar is the end of a line. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiterString = " -> ", textBlock = """
                    A=b                        -> b
                    A = b                      -> b
                    A: b                       -> b
                    export A=b                 -> b
                    A=b c                      -> b c
                    A=b=c                      -> b=c
                    A=b#c                      -> b#c
                    A=b # comment              -> b
                    A='b' # comment            -> b
                    A="b # no comment"         -> b # no comment
                    A='b\\n$HOME'              -> b\\n$HOME
                    A="b\\nc"                  -> b|c
                    A="b\\\\nc"                -> b\\nc
                    A="b|c"                    -> b|c
                    A="it's \\"b\\""           -> it's "b"
                    A=it's "b"                 -> it's "b"
                    A=$HOME/${HOME}            -> home/home
                    A="${HOME}"                -> home
                    A=\\$HOME                  -> $HOME
                    A=b$c                      -> b$c
                    A=${NOWHERE}b              -> b
                    A=b|A=c                    -> c
                    B=b|A=${B}                 -> b
                    A=c|A=${A}                 -> c
                    # A=c|A=b                  -> b
                    ---|A=b                    -> b
                    """)
    void readsValue(String lines, String value) throws Exception {
        assertThat(read(lines)).containsEntry("A", value.replace('|', '\n'));
    }

    @Test
    void readsWhatMayBeEmpty() throws Exception {
        assertThat(read("A=|B=''|C=\"\"|D=")).isEqualTo(Map.of("A", "", "B", "", "C", "", "D", ""));
        assertThat(read("")).isEmpty();
        assertThat(read("||  |# a comment")).isEmpty();
    }

    @Test
    void readsLinesOfWindows() throws Exception {
        assertThat(read("A=b\r|B='c'\r|\r|C=d")).isEqualTo(Map.of("A", "b", "B", "c", "C", "d"));
    }

    @Test
    void skipsByteOrderMark() throws Exception {
        assertThat(read("\uFEFFA=b")).isEqualTo(Map.of("A", "b"));
    }

    @Test
    void hasNoValuesWithoutFile() throws Exception {
        assertThat(DotEnv.read(folder.resolve("absent"), PROCESS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiterString = " -> ", textBlock = """
                    secret           -> 1: expected NAME=value
                    A=b|secret|C=d   -> 2: expected NAME=value
                    A=b||=secret     -> 3: expected NAME=value
                    A-B=secret       -> 1: expected NAME=value
                    A="b"secret      -> 1: expected NAME=value
                    # c|A="secret|   -> 2: a quotation mark is not closed
                    A='secret        -> 1: a quotation mark is not closed
                    """)
    void tellsWhichLineIsMalformed(String lines, String mistake) {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(StartException.class)
                .hasMessageEndingWith(".env, line " + mistake)
                .hasMessageNotContaining("secret");
    }

    @Test
    void tellsThatItCannotBeRead() {
        assertThatThrownBy(() -> DotEnv.read(folder, PROCESS))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot be read");
    }

    private Map<String, String> read(String lines) throws IOException, StartException {
        return DotEnv.read(Files.writeString(folder.resolve(".env"), lines.replace('|', '\n')), PROCESS);
    }
}
