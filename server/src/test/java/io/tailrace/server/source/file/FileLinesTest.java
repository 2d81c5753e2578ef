package io.tailrace.server.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;

import io.tailrace.model.Level;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

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
    void startingAtTheEndPassesOverPackedFilesToo() throws Exception {
        stop();
        log.putNote("source:app:files", new byte[0]); // as if it had never run
        write(5_000);
        pack(rename("old.log"));
        Files.move(file.resolveSibling("old.log.gz"), file.resolveSibling("app.log.gz"));
        written.clear();
        sources = started("start = end, paths = [\"" + file + "*\"]");
        await().until(() -> log.note("source:app:files").isPresent());
        written.add("written after the start");
        Files.writeString(file, "written after the start\n");
        allArrived();
    }

    @Test
    void aFileThatCannotBeReadIsTriedAgain() throws Exception {
        Path hidden = Files.createDirectory(file.resolveSibling("app.dir"));
        Files.createSymbolicLink(file.resolveSibling("loop.log"), hidden);
        write(5);
        allArrived();
        Path packed = file.resolveSibling("other.log.gz");
        stop();
        byte[] whole;
        try (var bytes = new ByteArrayOutputStream();
                var out = new GZIPOutputStream(bytes)) {
            out.write("a line of a file that is still being packed\n".getBytes(UTF_8));
            out.finish();
            whole = bytes.toByteArray();
        }
        Files.write(packed, Arrays.copyOf(whole, 12));
        sources = started("paths = [\"" + file.getParent() + "/*\"]");
        write(1);
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        Files.write(packed, whole);
        written.add("a line of a file that is still being packed");
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
