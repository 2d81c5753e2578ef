package io.tailrace.server.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.file.StandardOpenOption.APPEND;

import io.tailrace.model.Level;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the lines of a followed file become. */
final class FileLinesTest extends WithFileSource {

    @Test
    void startsAtTheEndWhenToldAndThenMissesNothing() throws Exception {
        stop();
        log.putNote("source:app:files", new byte[0]); // as if it had never run
        write(10);
        written.clear();
        sources = started("start = end");
        await().until(() -> log.note("source:app:files").isPresent());
        write(5);
        allArrived();
        file = file.resolveSibling("later.log");
        write(5);
        allArrived();
    }

    @Test
    void aLineThatIsTooLongIsSaidWhereItWouldBe() throws Exception {
        Files.writeString(file, "x".repeat(70_000) + "\nnext\n");
        await().untilAsserted(() -> assertThat(lines()).hasSize(2));
        assertThat(lines().getFirst()).contains("was left out", "max-line");
        assertThat(lines().getLast()).isEqualTo("next");
        assertThat(sources.statuses().getFirst().rejected()).isEqualTo(1);
    }

    @Test
    void stackTracesAreOneEventAndLevelsAreRead() throws Exception {
        Files.writeString(
                file,
                """
                2026-11-21T10:00:00Z ERROR the load failed
                java.lang.IllegalStateException: no rows
                \tat shop.Load.run(Load.java:7)
                """);
        await().untilAsserted(() -> assertThat(events()).hasSize(1));
        Files.writeString(file, "2026-11-21T10:00:01Z INFO over\n", APPEND);
        await().untilAsserted(() -> assertThat(events()).hasSize(2));
        assertThat(events().getFirst().level()).isEqualTo(Level.ERROR);
        assertThat(events().getFirst().error()).contains("no rows", "Load.java:7");
        stop();
        Files.writeString(file, "2026-11-21T10:00:02Z INFO more\n", APPEND);
        start();
        await().untilAsserted(() -> assertThat(events()).hasSize(3));
    }

    @Test
    void pathsSayWhatTheirLinesAreAbout() throws Exception {
        stop();
        Path airflow =
                Files.createDirectories(
                        directory.resolve("dag_id=nightly/run_id=r 7/task_id=load"));
        file = directory.resolve("logs/app.log");
        Files.writeString(airflow.resolve("attempt=2.log"), "hello\n");
        sources =
                started(
                        "paths = [\""
                                + directory
                                + "/**.log\"], match ="
                                + " \"dag_id=(?<workflow>[^/]+)/run_id=(?<run>[^/]+)/task_id=(?<task>[^/]+)/attempt=(?<attempt>[0-9]+)\"");
        await().untilAsserted(() -> assertThat(events()).hasSize(1));
        var subject = events().getFirst().header().subject();
        assertThat(subject.run()).isEqualTo("r 7");
        assertThat(subject.task()).isEqualTo("load");
        assertThat(subject.attempt()).isEqualTo(2);
    }
}
