package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the example alerts and the dashboard ask for is there. */
class DocumentedMetricsIT {

    private static Set<String> given = Set.of();

    private static final Pattern NAME = Pattern.compile("\\b(?:tailrace|jvm|process|system)_\\w+");

    @TempDir private static Path folder;

    @BeforeAll
    static void ask() {
        given = given();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "grafana.json"})
    void everyMetricThatIsAskedForIsGiven(String file) throws Exception {
        Set<String> asked = names(Files.readString(Path.of("docs", file)));
        assertThat(asked).hasSizeGreaterThan(3);

        assertThat(given).containsAll(asked);
    }

    /** After one of each that shows its metric only when it has happened. */
    private static Set<String> given() {
        try (var gateway =
                new TestGateway("--max-streams=1", "--heartbeat=1s", "--config=" + withASource())) {
            try (TestStream stream = gateway.stream("channels=logs:*")) {
                gateway.lines("logs:a:b", "x");
                stream.messages(1);
                gateway.get("/api/sse/session/other?channels=logs:*"); // one too many
                gateway.send(gateway.request("/").header("Origin", "http://x.test").DELETE());
            }
            while (!gateway.get("/metrics").body().contains("tailrace_sessions_closed_total{")) {
                Thread.onSpinWait(); // until it is noticed that the reader went away
            }
            return names(gateway.get("/metrics").body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Path withASource() throws IOException {
        return Files.writeString(
                folder.resolve("gateway.conf"),
                "sources { a { type = file, paths = [\"%s/*.log\"], workspace = a, workflow = b } }"
                        .formatted(folder));
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
