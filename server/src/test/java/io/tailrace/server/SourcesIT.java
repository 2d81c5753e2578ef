package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway that follows files, from its settings to its readers. */
class SourcesIT {

    @TempDir Path directory;

    private Settings settings(String sources) throws Exception {
        Path config = directory.resolve("gateway.conf");
        Files.writeString(
                config, "sources { " + sources.replace("DIR", directory.toString()) + " }");
        return Settings.load(
                new String[] {
                    "--config=" + config,
                    "--port=0",
                    "--self-check=0s",
                    "--data=" + directory.resolve("store")
                },
                Map.of());
    }

    @Test
    void followsAFileAcrossRestartsAndSaysHowItIs() throws Exception {
        Settings settings =
                settings(
                        "app { type = file, paths = [\"DIR/*.log\"], poll = 10ms,"
                                + " workspace = acme, workflow = nightly, run = 7, level = warn }");
        Path file = directory.resolve("app.log");
        for (int start = 1; start <= 3; start++) {
            Files.writeString(file, "line of start " + start + "\n", CREATE, APPEND);
            try (var gateway = new TestGateway(Gateway.start(settings))) {
                String expected = "\"message\":\"line of start " + start + "\"";
                await().untilAsserted(() ->
                        assertThat(gateway.get("/api/channels/logs:acme:nightly/events").body())
                                .contains(expected, "\"run\":\"7\"", "\"level\":\"WARN\""));
                String all = gateway.get("/api/channels/logs:acme:nightly/events").body();
                assertThat(all.split("\"message\"", -1)).hasSize(start + 1);
                await().untilAsserted(() ->
                        assertThat(gateway.get("/api/sources").body())
                                .contains("\"name\":\"app\"", "\"state\":\"running\"")
                                .contains("\"events\":1"));
                assertThat(gateway.get("/metrics").body())
                        .contains("tailrace_source_events_total{source=\"app\",type=\"file\"} 1.0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    app = 1                                    | 'sources.app' | must be a section
                    app { paths = ["/a"] }                     | 'sources.app.type' | is missing
                    app { type = ftp }                         | 'sources.app.type' | one of file, kafka, mongodb, postgresql is needed
                    app { type = file }                        | 'sources.app.paths' | is missing
                    app { type = file, paths = ["a.log"] }     | 'sources.app.paths' | absolute paths
                    app { type = file, paths = ["/a"], workspace = a } | 'sources.app.workflow' | is missing
                    app { type = file, paths = ["/a"], workspace = a, workflow = b, pol = 1s } | 'sources.app.pol' | a source of this type has
                    app { type = file, paths = ["/a"], workspace = a, workflow = b, poll = 1 } | 'sources.app.poll' | a time such as
                    app { type = file, paths = ["/a"], match = "(" } | 'sources.app.match' | a regular expression
                    app { type = file, paths = ["/a"], workspace = a, workflow = b, level = loud } | 'sources.app.level' | trace, debug
                    app { type = mongodb }                     | 'sources.app.uri' | is missing
                    app { type = mongodb, uri = "db1" }        | 'sources.app.uri' | a connection string
                    app { type = mongodb, uri = "mongodb://h" } | 'sources.app.database' | is missing
                    app { type = mongodb, uri = "mongodb://h", database = "a.b" } | 'sources.app.database' | the name of one
                    app { type = mongodb, uri = "mongodb://h", database = a, mode = ask } | 'sources.app.mode' | watch, poll
                    app { type = mongodb, uri = "mongodb://h", database = a, fields { tim = x } } | 'sources.app.fields.tim' | fields.{member}
                    app { type = mongodb, uri = "mongodb://h", database = a, batch = 0 } | 'sources.app.batch' | from 1 to
                    App { type = file }                        | 'App' | another name
                    """)
    void saysWhatIsWrongWithASource(String sources, String setting, String reason) {
        assertThatThrownBy(() -> settings(sources))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(reason);
    }
}
