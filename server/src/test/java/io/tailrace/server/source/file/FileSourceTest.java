package io.tailrace.server.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.broker.FlakyLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.settings.FileSourceSettings;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.source.SourceStatus;
import io.tailrace.server.source.Sources;
import io.tailrace.wire.EventCodec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Every line once, in order, whatever happens to the file and to the gateway. */
final class FileSourceTest {

    private static final Redactor REDACTOR =
            new Redactor(RedactionRules.of(List.of(), List.of()), RedactionObserver.NONE);
    private static final Channel CHANNEL = Channel.logs("acme", "nightly");

    @TempDir Path directory;

    private final FlakyLog log = new FlakyLog();
    private final List<String> written = new ArrayList<>();
    private Broker broker;
    private Sources sources;
    private Path file;

    @BeforeEach
    void begin() throws IOException {
        file = Files.createDirectory(directory.resolve("logs")).resolve("app.log");
        broker =
                new Broker(
                        log,
                        BrokerOptions.DEFAULT,
                        Clock.systemUTC(),
                        BrokerObserver.NONE,
                        List.of());
        sources = started("");
    }

    @AfterEach
    void end() throws InterruptedException {
        sources.stop();
        broker.close();
    }

    private void start() throws IOException {
        sources = started("");
    }

    private Sources started(String more) throws IOException {
        Path config = directory.resolve("gateway.conf");
        Files.writeString(
                config,
                """
                sources { app {
                  type = file, paths = ["%s/*.log"], workspace = acme, workflow = nightly,
                  poll = 10ms, %s
                } }
                """
                        .formatted(file.getParent(), more));
        Settings settings = Settings.load(new String[] {"--config=" + config}, Map.of());
        var source =
                new FileSource(
                        (FileSourceSettings) settings.sources().getFirst(),
                        1 << 16,
                        Clock.systemUTC(),
                        REDACTOR);
        var started = new Sources(List.of(source), broker, log, Clock.systemUTC());
        started.start();
        return started;
    }

    private void stop() throws InterruptedException {
        sources.stop();
    }

    /** Some lines at the end of the file, long enough to tell files apart. */
    private void write(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String line =
                    "line %06d of a file that is rotated %s"
                            .formatted(written.size(), "x".repeat(30));
            written.add(line);
            text.append(line).append('\n');
        }
        Files.writeString(file, text, CREATE, APPEND);
    }

    private Path rename(String name) throws IOException {
        return Files.move(file, file.resolveSibling(name));
    }

    private void pack(Path path) throws IOException {
        Path part = path.resolveSibling("part");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
            Files.copy(path, out);
        }
        Files.move(part, path.resolveSibling(path.getFileName() + ".gz"));
        Files.delete(path);
    }

    private void allArrived() {
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyElementsOf(written);
    }

    private List<String> lines() {
        return events().stream().map(Event.Log::message).toList();
    }

    private List<Event.Log> events() {
        return log.read(List.of(CHANNEL), 0, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE).stream()
                .map(FileSourceTest::event)
                .toList();
    }

    private static Event.Log event(StoredEntry entry) {
        byte[] json = entry.json();
        return (Event.Log)
                EventCodec.decode(json, 0, json.length, null, entry.channel(), Instant.EPOCH);
    }

    @Test
    void linesComeWhileTheyAreWrittenAndNotBeforeTheyEnd() throws Exception {
        write(3);
        allArrived();
        Files.writeString(file, "half a ", APPEND);
        write(0);
        Files.writeString(file, "line\n", APPEND);
        written.add("half a line");
        write(2);
        allArrived();
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        write(10);
        allArrived();
        stop();
        write(10);
        start();
        allArrived();
    }

    @Test
    void readsARenamedFileToItsEndAndTheNewOneFromItsBeginning() throws Exception {
        write(10);
        allArrived();
        Path old = rename("app.log.1");
        Files.writeString(old, "written after it was renamed\n", APPEND);
        written.add("written after it was renamed");
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        write(10);
        allArrived();
    }

    @Test
    void findsWhatWasRotatedAndPackedWhileItDidNotRun() throws Exception {
        write(10);
        allArrived();
        stop();
        write(5);
        Path first = rename("app.log.1");
        write(7);
        pack(Files.move(first, file.resolveSibling("app.log.2")));
        Files.setLastModifiedTime(
                file.resolveSibling("app.log.2.gz"), FileTime.from(Instant.now().minusSeconds(60)));
        rename("app.log.1");
        write(3);
        start();
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void aFileThatIsCopiedAndCutIsReadOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            write(20);
            allArrived();
            Path copy = file.resolveSibling("app." + round + ".log"); // the pattern names it too
            Files.copy(file, copy);
            Files.writeString(file, "");
            // Cut it must be seen, or grow beyond what was read before, which the head tells.
            write(30);
            allArrived();
        }
    }

    @Test
    void whatWasCopiedAndCutWhileItDidNotRunIsFoundInTheCopy() throws Exception {
        write(20);
        allArrived();
        stop();
        write(5);
        Files.copy(file, file.resolveSibling("app.log.1"));
        Files.writeString(file, "");
        write(3);
        start();
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void saysWhatIsMissingWhenAFileIsGoneForGood() throws Exception {
        write(20);
        allArrived();
        stop();
        Files.delete(file);
        start();
        await().untilAsserted(() ->
                assertThat(sources.statuses().getFirst().problem())
                        .contains("app.log is gone", "behind byte"));
    }

    @Test
    void losesAndDoublesNothingWhenTheLogRefuses() throws Exception {
        write(100);
        allArrived();
        log.full = true;
        write(100);
        await().untilAsserted(() ->
                assertThat(sources.statuses().getFirst().state())
                        .isEqualTo(SourceStatus.State.WAITING));
        assertThat(sources.statuses().getFirst().problem()).contains("The disk is full");
        write(100);
        log.full = false;
        allArrived();
    }

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

    @Test
    void survivesRandomRotationsAndRestarts() throws Exception {
        Random random = new Random(7);
        for (int step = 0; step < 60; step++) {
            int what = random.nextInt(6);
            write(random.nextInt(20) + 8);
            switch (what) {
                case 0 -> {
                    seen(); // one that was never seen under its name is nobody's
                    rename("old." + step);
                }
                case 1 -> {
                    stop();
                    write(10);
                    start();
                }
                case 2 -> allArrivedInAnyOrder();
                default -> write(random.nextInt(3));
            }
        }
        allArrivedInAnyOrder();
    }

    private void seen() {
        await().until(() -> lines().contains(written.getLast()));
    }

    /** What is left of a renamed file may come beside the new one's first lines. */
    private void allArrivedInAnyOrder() {
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(written);
    }
}
