package io.tailrace.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.Gateway;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is wrong with a source is said when the gateway starts, by name, and never with a secret.
 */
class SourceSettingsTest {

    @TempDir Path directory;

    private String[] arguments(String source) throws IOException {
        Path config = directory.resolve("gateway.conf");
        Files.writeString(config, "sources { app { " + source + " } }");
        return new String[] {"--config=" + config, "--port=0", "--data=" + directory.resolve("d")};
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    type = kafka, topics = [a], bootstrap = "b:99999"                                            | sources.app.bootstrap
                    type = kafka, topics = [a], topics-pattern = "a.*", bootstrap = "b:9092"                     | either topics or topics-pattern
                    type = kafka, topics = [a], bootstrap = "b:9092", properties { security.protocol = SASLSSL } | security.protocol
                    type = kafka, topics = [a], bootstrap = "b:9092", properties { sasl.mechansim = PLAIN }      | sasl.mechansim
                    type = kafka, topics = [a], bootstrap = "b:9092", properties { fetch.min.bytes = hidden }    | fetch.min.bytes
                    type = postgresql, table = t, url = "jdbc:postgresql://hidden:99999/db"                      | sources.app.url
                    type = postgresql, table = t, url = "jdbc:postgresql://h/db", properties { sslmod = require } | sslmod
                    type = postgresql, table = t, url = "jdbc:postgresql://h/db?sslmode=never"                   | sslmode
                    type = mongodb, database = d, uri = "mongodb://u:hidden@db1:hidden/"                         | sources.app.uri
                    type = mongodb, database = d, uri = "mongodb://db1:27017/?w=maybe&tls=hidden&ssl=true"       | sources.app.uri
                    """)
    void theGatewayDoesNotStart(String source, String named) throws Exception {
        Settings settings;
        try {
            settings = Settings.load(arguments(source), Map.of());
        } catch (SettingsException e) {
            assertThat(e).hasMessageContaining(named);
            return;
        }
        assertThatThrownBy(() -> Gateway.start(settings).close())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("sources.app.")
                .hasMessageContaining(named)
                .message()
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type = kafka, topics = [a], bootstrap = \"127.0.0.1:1\","
                        + " properties { metrics.context.team = etl }",
                "type = kafka, topics = [a], bootstrap = \"127.0.0.1:1\", properties {"
                        + " interceptor.classes = \"\", of.the.interceptor = 7 }",
                "type = postgresql, table = t, url ="
                        + " \"jdbc:postgresql://127.0.0.1:1/d?useUnicode=1\""
            })
    void whatIsUnusualButRightIsTaken(String source) throws Exception {
        Gateway.start(Settings.load(arguments(source), Map.of())).close();
    }

    @Test
    void tokensAreMadeWithoutTheSecretsOfSources() throws Exception {
        String[] arguments =
                arguments("type = mongodb, database = d, uri-variable = NOT_IN_THIS_ENVIRONMENT");
        assertThatThrownBy(() -> Settings.load(arguments, Map.of()))
                .isInstanceOf(SettingsException.class);
        assertThat(Settings.tokens(arguments, Map.of())).hasFileName("tokens.json");
    }
}
