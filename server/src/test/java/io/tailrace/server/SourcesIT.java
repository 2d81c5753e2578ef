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

/** A gateway that follows files, from its settings to its readers. */
class SourcesIT {

    @TempDir Path directory;

    private Settings settings(String sources) throws Exception {
        return TestGateway.sources(directory, sources.replace("DIR", directory.toString()));
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

    @Test
    void saysUpToWhereFilesWereReadAndWhichPatternFindsNone() throws Exception {
        Settings settings =
                settings(
                        "app { type = file, paths = [\"DIR/*.log\", \"DIR/*.txt\"], poll = 10ms,"
                                + " workspace = acme, workflow = nightly }");
        Path file = directory.resolve("app.log");
        Files.writeString(file, "one\ntwo\nhalf of thr", CREATE, APPEND);
        try (var gateway = new TestGateway(Gateway.start(settings))) {
            await().untilAsserted(() ->
                    assertThat(gateway.get("/api/sources").body())
                            .contains(
                                    "\"parts_count\":1",
                                    "\"name\":\"" + file + "\",\"position\":\"8\"",
                                    "\"end\":\"19\",\"lag\":11",
                                    "No file matches " + directory + "/*.txt"));
            Files.writeString(directory.resolve("b.txt"), "here", CREATE);
            await().untilAsserted(() ->
                    assertThat(gateway.get("/api/sources").body())
                            .contains("\"parts_count\":2")
                            .doesNotContain("problem"));
        }
    }

    @Test
    void sourcesThatCannotBeReachedHinderNothingAndTellNoPassword() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "hush-hush\n");
        Path properties =
                Files.writeString(
                        directory.resolve("kafka.properties"), "default.api.timeout.ms = 400");
        Settings settings =
                settings(
                        "k { type = kafka, bootstrap = \"127.0.0.1:1\", topics = [a], properties-file = \"%s\", properties { \"request.timeout.ms\" = 300, sasl.jaas.config = hush-hush } }, p { type = postgresql, url = \"jdbc:postgresql://127.0.0.1:1/d\", user = me, password-file = \"%s\", table = t }"
                                .formatted(properties, password));
        assertThat(settings.toString()).doesNotContain("hush-hush");
        try (var gateway = new TestGateway(Gateway.start(settings))) {
            await().untilAsserted(() ->
                    assertThat(gateway.get("/api/sources").body())
                            .contains("Kafka at 127.0.0.1:1 does not answer")
                            .contains("PostgreSQL says: Connection to 127.0.0.1:1 refused")
                            .doesNotContain("hush-hush"));
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
                    k { type = kafka, topics = [a] }           | 'sources.k.bootstrap' | is missing
                    k { type = kafka, bootstrap = "here" }     | 'sources.k.bootstrap' | host:port
                    k { type = kafka, bootstrap = "h:1" }      | 'sources.k.topics' | is missing
                    k { type = kafka, bootstrap = "h:1", topics = [a], topics-pattern = b } | 'sources.k.topics-pattern' | not both
                    k { type = kafka, bootstrap = "h:1", topics = ["a b"] } | 'sources.k.topics' | names of topics
                    k { type = kafka, bootstrap = "h:1", topics-pattern = "(" } | 'sources.k.topics-pattern' | regular expression
                    k { type = kafka, bootstrap = "h:1", topics = [a], start = now } | 'sources.k.start' | earliest, latest
                    k { type = kafka, bootstrap = "h:1", topics = [a], dialect = avro } | 'sources.k.dialect' | openlineage, cloudevents
                    k { type = kafka, bootstrap = "h:1", topics = [a], properties { group.id = g } } | 'sources.k.properties' | the gateway sets this one
                    k { type = kafka, bootstrap = "h:1", topics = [a], properties-file = "DIR/none" } | 'sources.k.properties-file' | can be read
                    k { type = kafka, bootstrap = "h:1", topics = [a], group = g } | 'sources.k.group' | a source of this type has
                    p { type = postgresql, table = t }         | 'sources.p.url' | is missing
                    p { type = postgresql, url = "jdbc:mysql://h/d", table = t } | 'sources.p.url' | jdbc:postgresql
                    p { type = postgresql, url = "jdbc:postgresql://h/d?password=hush", table = t } | 'sources.p.url' | password=…
                    p { type = postgresql, url = "jdbc:postgresql://h/d" } | 'sources.p.table' | is missing
                    p { type = postgresql, url = "jdbc:postgresql://h/d", table = "a." } | 'sources.p.table' | 1 to 63 characters
                    p { type = postgresql, url = "jdbc:postgresql://h/d", table = t, payload = p, fields { message = m } } | 'sources.p.payload' | not both
                    p { type = postgresql, url = "jdbc:postgresql://h/d", table = t, password-file = "DIR/none" } | 'sources.p.password-file' | can be read
                    p { type = postgresql, url = "jdbc:postgresql://h/d", table = t, password-variable = TAILRACE_NO_SUCH } | 'sources.p.password-variable' | environment has
                    p { type = postgresql, url = "jdbc:postgresql://h/d", table = t, reach = -1 } | 'sources.p.reach' | whole number
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
