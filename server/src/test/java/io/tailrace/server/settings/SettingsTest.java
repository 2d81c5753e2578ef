package io.tailrace.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class SettingsTest {

    private static Settings load(Map<String, String> environment, String... args) {
        return Settings.load(args, environment);
    }

    @Test
    void hasDefaultsForEverything() {
        Settings settings = load(Map.of("XDG_DATA_HOME", "/share"));

        assertThat(settings.listen().port()).isEqualTo(8787);
        assertThat(settings.listen().bind().isLoopbackAddress()).isTrue();
        assertThat(settings.store().memory()).isFalse();
        assertThat(settings.store().sync()).isTrue();
        assertThat(settings.store().data()).isEqualTo(Path.of("/share/tailrace"));
        assertThat(settings.store().retentionAge()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.ingest().maxLine()).isEqualTo(1 << 20);
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("gateway.conf");
        Files.writeString(
                file,
                """
                port = 1
                heartbeat = 5s
                retention { age = 2h, bytes = 1MiB }
                cors-origins = ["https://a.example", "https://b.example"]
                """);
        Settings settings =
                load(
                        Map.of(
                                "TAILRACE_CONFIG",
                                file.toString(),
                                "TAILRACE_PORT",
                                "2",
                                "TAILRACE_HEARTBEAT",
                                "6s"),
                        "--port=3");

        assertThat(settings.listen().port()).isEqualTo(3);
        assertThat(settings.streams().heartbeat()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.store().retentionAge()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.store().retentionBytes()).isEqualTo(1 << 20);
        assertThat(settings.listen().corsOrigins())
                .containsExactly("https://a.example", "https://b.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --port=abc       | Setting 'port' from the command line (--port) is 'abc': a number from 0 to 65535 is needed.
                    --port=70000     | Setting 'port' from the command line (--port) is '70000': a number from 0 to 65535 is needed.
                    --store=disk     | Setting 'store' from the command line (--store) is 'disk': rocksdb or memory is needed.
                    --sync=yes       | Setting 'sync' from the command line (--sync) is 'yes': true or false is needed.
                    --heartbeat=10   | Setting 'heartbeat' from the command line (--heartbeat) is '10': a time from 1s to 1h is needed.
                    --retention-age=99999999999d | Setting 'retention-age' from the command line (--retention-age) is '99999999999d': a time such as 12h or 7d is needed.
                    --max-line=1     | Setting 'max-line' from the command line (--max-line) is '1': a size from 1KiB to 64MiB is needed.
                    --retention-bytes=99999999TiB | Setting 'retention-bytes' from the command line (--retention-bytes) is '99999999TiB': a size such as 512MiB or 4GiB is needed.
                    --cors-origins=example.org | Setting 'cors-origins' from the command line (--cors-origins) is 'example.org': origins such as https://example.org, separated by commas, or * is needed.
                    --prot=1         | There is no setting 'prot', which comes from the command line (--prot): --help lists those there are.
                    port=1           | 'port=1' is not an option: write --key=value, or --help for all keys.
                    --config=/no.conf | The settings file '/no.conf' cannot be read: name one that exists.
                    --config=/no.yml | The settings file '/no.yml' must end in .conf (HOCON), .json or .properties.
                    """)
    void saysInOneSentenceWhatIsWrong(String option, String sentence) {
        assertThatThrownBy(() -> load(Map.of(), option))
                .isInstanceOf(SettingsException.class)
                .hasMessage(sentence);
    }

    @Test
    void namesTheVariableAndTheFileThatAreWrong(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> load(Map.of("TAILRACE_PORT", "abc")))
                .hasMessage(
                        "Setting 'port' from the environment (TAILRACE_PORT) is 'abc': a number"
                                + " from 0 to 65535 is needed.");

        Path file = directory.resolve("gateway.properties");
        Files.writeString(file, "porrt=1\n");
        assertThatThrownBy(() -> load(Map.of(), "--config=" + file))
                .hasMessage(
                        "There is no setting 'porrt', which comes from the file %s: --help lists"
                                        .formatted(file)
                                + " those there are.");
        Path broken = directory.resolve("broken.conf");
        Files.writeString(broken, "port = {");
        assertThatThrownBy(() -> load(Map.of(), "--config=" + broken))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("The settings file '" + broken + "' cannot be understood:");
    }

    @Test
    void listensWhereItIsToldTo() {
        assertThat(load(Map.of(), "--bind=0.0.0.0").listen().bind().isAnyLocalAddress()).isTrue();
    }

    @Test
    void keepsTokensBesideTheLogButForgetsThemWithAMemoryStore() {
        Map<String, String> home = Map.of("XDG_DATA_HOME", "/share");

        assertThat(load(home).access().tokens())
                .isEqualTo(Path.of("/share/tailrace/access/tokens.json"));
        assertThat(load(home, "--store=memory").access().tokens()).isNull();
        assertThat(load(home, "--store=memory", "--data=/d").access().tokens())
                .isEqualTo(Path.of("/d/access/tokens.json"));
        assertThat(load(home, "--tokens-file=/t.json").access().tokens())
                .isEqualTo(Path.of("/t.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    --jwt-issuer=https://i.example | 'jwt-audience' is missing
                    --jwt-audience=a               | 'jwt-issuer' is missing
                    --jwt-issuer=https://i.example --jwt-audience=a --jwt-algorithms=none  | some of RS256
                    --jwt-issuer=https://i.example --jwt-audience=a --jwt-algorithms=HS256 | some of RS256
                    --jwt-issuer=http://i.example --jwt-audience=a     | 'jwt-issuer'
                    --jwt-issuer=i --jwt-audience=a --jwt-jwks=http://i.example/keys | 'jwt-jwks'
                    --jwt-issuer=i --jwt-audience=a --jwt-jwks=ftp://i.example/keys  | 'jwt-jwks'
                    --tls-key=/k.pem               | Setting 'tls-certificate' is missing
                    --grants-file=/grants.yml      | 'grants-file'
                    """)
    void refusesAccessThatIsNotSafe(String options, String sentence) {
        assertThatThrownBy(() -> load(Map.of(), options.split(" +", -1)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void isNotConfusedByWhatKubernetesAnnounces() {
        assertThat(load(Map.of("TAILRACE_PORT", "tcp://10.0.0.1:8787")).listen().port())
                .isEqualTo(8787);
    }

    @Test
    void helpNamesEverySetting() {
        assertThat(Settings.help())
                .contains("--port", "TAILRACE_RETENTION_AGE", "[127.0.0.1]", "--cors-origins");
    }
}
