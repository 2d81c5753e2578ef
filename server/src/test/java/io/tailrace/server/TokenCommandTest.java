package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.access.TokenStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

class TokenCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir private Path data;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        out.reset();
        err.reset();
        var command =
                new TokenCommand(
                        Map.of("TAILRACE_DATA", data.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        return command.run(List.of(words));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTheTokenAloneSoThatScriptsCanTakeIt() {
        int status =
                run(
                        "create",
                        "--name=ci",
                        "--grant=publish:logs:acme:*",
                        "--grant=admin",
                        "--expires=30d");

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("trc_[0-9a-f]{12}_[\\w-]{43}\\R");
        assertThat(said()).contains("'ci' expires 2026-12-21T10:00:00Z", "shown this once");
        var token = new TokenStore(data.resolve("access/tokens.json"), () -> NOW).list().getFirst();
        assertThat(token.grants()).hasToString("[publish:logs:acme:*, admin]");
        assertThat(token.expires()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void listsAndRevokes() {
        assertThat(run("list")).isZero();
        assertThat(said()).contains("There are no tokens.");
        run("create", "--name=ci", "--grant=admin");
        String id = out.toString(StandardCharsets.UTF_8).substring(4, 16);

        run("list");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(id + "  ci  never expires  admin");
        assertThat(run("revoke", id)).isZero();
        assertThat(run("revoke", id)).isEqualTo(2);
        assertThat(said()).contains("no token with that id");
    }

    @Test
    void takesItsWordsInAnyOrder() {
        run("create", "--name=ci", "--grant=admin");
        String id = out.toString(StandardCharsets.UTF_8).substring(4, 16);

        assertThat(run("revoke", "--data=" + data, id)).isZero();
        assertThat(run("revoke", "one", "two")).isEqualTo(2);
        assertThat(said()).contains("Which token?");
    }

    @ParameterizedTest
    @CsvSource({
        "12h, 2026-11-21T22:00:00Z",
        "2027-01-31, 2027-01-31T00:00:00Z",
        "2027-01-31T12:00:00Z, 2027-01-31T12:00:00Z",
        "2027-01-31T12:00:00+02:00, 2027-01-31T10:00:00Z"
    })
    void expiresAfterATimeOrOnADay(String said, Instant expires) {
        assertThat(run("create", "--name=ci", "--grant=admin", "--expires=" + said)).isZero();
        var token = new TokenStore(data.resolve("access/tokens.json"), () -> NOW).list().getFirst();
        assertThat(token.expires()).isEqualTo(expires);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    create                                   | Whose token?
                    make --name=x                            | Write token create
                    create --name=x --grant=write:x          | 'write:x' is not a grant
                    create --name=a:b --grant=admin          | A token's name has
                    create --name=x --expires=30             | --expires must be a time
                    create --name=x --expires=0d             | must expire in the future
                    create --name=x --grnt=admin             | There is no setting 'grnt'
                    create --name=x --store=memory --data=   | need --data=DIR
                    revoke                                   | Which token?
                    """)
    void saysInOneSentenceWhatIsWrong(String words, String sentence) {
        assertThat(run(words.split(" +", -1))).isEqualTo(2);
        assertThat(said()).contains(sentence).hasLineCount(1);
        assertThat(data.resolve("access/tokens.json")).doesNotExist();
    }
}
