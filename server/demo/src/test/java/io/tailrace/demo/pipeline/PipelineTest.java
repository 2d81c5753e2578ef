package io.tailrace.demo.pipeline;

import static io.tailrace.demo.pipeline.SmallRepository.classes;
import static io.tailrace.demo.pipeline.SmallRepository.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;
import io.tailrace.publisher.Publisher;
import io.tailrace.publisher.TailraceAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

class PipelineTest {

    @TempDir private Path temp;

    private SmallRepository repository;
    private EventCollector collector;
    private Publisher publisher;
    private TailraceAppender appender;

    @BeforeEach
    void start() throws IOException {
        repository = new SmallRepository(temp.resolve("repository"));
        collector = new EventCollector();
        publisher = Publisher.to(collector.url());
        appender = new TailraceAppender();
        appender.setContext(logback());
        appender.setPublisher(publisher);
        appender.setWorkspace(Pipeline.WORKSPACE);
        appender.setWorkflow(Pipeline.WORKFLOW);
        appender.start();
        logback().getLogger("demo").addAppender(appender);
        repository.jar("a/a.jar", "Automatic-Module-Name: a", classes("org.a", 30), apache());
        repository.jar("b/b.jar", "Multi-Release: true", classes("org.b", 20));
    }

    @AfterEach
    void stop() {
        logback().getLogger("demo").detachAppender(appender);
        publisher.close();
        collector.close();
    }

    @Test
    void aRunTellsAConsistentStory() throws Exception {
        assertThat(run(1, settings())).isEqualTo(RunStatus.SUCCEEDED);
        List<String> tasks =
                collector.events(Event.WorkflowStarted.class).getFirst().tasks().stream()
                        .map(t -> t.name())
                        .toList();
        assertThat(tasks).hasSize(8);
        for (String task : tasks) {
            List<Event> own = about(task, "status", "complete");
            assertThat(own.getFirst()).isInstanceOf(Event.Status.class);
            assertThat(own.getLast()).isInstanceOf(Event.Complete.class);
            assertThat(own).hasSize(2);
            assertThat(about(task, "educational")).hasSize(1);
            assertThat(about(task, "metric")).hasSize(1); // its duration
        }
        assertThat(rows(Discover.NAME)).isEqualTo(2);
        assertThat(rows(ExtractClasses.NAME)).isEqualTo(50);
        assertThat(rows(ExtractLicences.NAME)).isEqualTo(1);
        assertThat(count("SELECT COUNT(*) FROM class")).isEqualTo(50);
        assertThat(rows(Load.NAME)).isEqualTo(loaded());
        Event.WorkflowComplete end = collector.events(Event.WorkflowComplete.class).getFirst();
        assertThat(end.rows()).isEqualTo(loaded());
        assertThat(collector.events().getLast()).isSameAs(end);
        assertThat(lines(Level.WARN)).singleElement().asString().contains("empty-multi-release");
        assertThat(temp.resolve("work/reports")).isDirectoryContaining("glob:**.html");
    }

    @Test
    void realDefectsAreFoundAndNamed() throws Exception {
        repository.file("bad/empty.jar", new byte[0]);
        repository.file("bad/cut.jar", "PK\u0003\u0004 and no more".getBytes(UTF_8));
        Path changed = repository.jar("bad/changed.jar", "", classes("org.c", 1));
        Files.writeString(Path.of(changed + ".sha1"), "0".repeat(40) + "  changed.jar");
        repository.jar("bad/dead.jar", "", text("META-INF/versions/17/org/D.class", "x"));
        repository.jar("bad/odd.jar", "", text("org/Odd.class", "no class at all"));
        repository.jar("bad/moved.jar", "", prefixed("classes/", "org.m"));
        assertThat(run(1, settings())).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(lines(Level.ERROR))
                .anyMatch(l -> l.startsWith("empty-file bad/empty.jar"))
                .anyMatch(l -> l.startsWith("unreadable bad/cut.jar"))
                .anyMatch(l -> l.startsWith("checksum bad/changed.jar"))
                .anyMatch(l -> l.startsWith("dead-versions bad/dead.jar: 1 classes"))
                .anyMatch(l -> l.startsWith("broken-class bad/odd.jar"));
        assertThat(lines(Level.WARN)).anyMatch(l -> l.startsWith("misplaced-class bad/moved.jar"));
        assertThat(rows(Load.NAME)).isEqualTo(loaded());
    }

    @Test
    void aClassInTwoJarsFailsTheFirstLoadAndTheSecondKeepsOne() throws Exception {
        repository.jar("c/c.jar", "", classes("org.b", 5));
        assertThat(run(1, settings())).isEqualTo(RunStatus.SUCCEEDED);
        Event.Failed failed = collector.events(Event.Failed.class).getFirst();
        assertThat(failed.subject().task()).isEqualTo(Load.NAME);
        assertThat(failed.subject().attempt()).isEqualTo(1);
        assertThat(failed.willRetry()).isTrue();
        assertThat(failed.error()).startsWith("A class is in two jars:").contains("org.b.C");
        assertThat(about(Load.NAME, "complete").getFirst().subject().attempt()).isEqualTo(2);
        assertThat(count("SELECT COUNT(*) FROM class")).isEqualTo(50);
        assertThat(count("SELECT COUNT(*) FROM duplicate_class")).isEqualTo(5);
        assertThat(rows(Load.NAME)).isEqualTo(loaded());
    }

    @Test
    void aStrictRunFailsBecauseOfADefectAndSkipsTheRest() throws Exception {
        repository.file("bad/empty.jar", new byte[0]);
        assertThat(run(4, settings())).isEqualTo(RunStatus.FAILED);
        Event.WorkflowComplete end = collector.events(Event.WorkflowComplete.class).getFirst();
        assertThat(end.error())
                .startsWith("validate failed: The quality gate stops this run: 1 defects")
                .contains("bad/empty.jar");
        for (String task : List.of(Load.NAME, Aggregate.NAME, Report.NAME)) {
            assertThat(about(task, "status"))
                    .singleElement()
                    .satisfies(e -> assertThat(((Event.Status) e).state()).isEqualTo("skipped"));
        }
        assertThat(lines(Level.WARN)).anyMatch(l -> l.startsWith("This run has a quality gate"));
    }

    @Test
    void withoutARepositoryTheRunFailsWithASentence() throws Exception {
        PipelineSettings settings = settings();
        PipelineSettings none =
                new PipelineSettings(temp.resolve("none"), settings.work(), 9, 0, 0, Duration.ZERO);
        assertThat(run(1, none)).isEqualTo(RunStatus.FAILED);
        assertThat(collector.events(Event.WorkflowComplete.class).getFirst().error())
                .contains("There is no Maven repository at");
    }

    @Test
    void closingInTheMiddleCancelsEveryTaskThatRuns() throws Exception {
        PipelineSettings slow =
                new PipelineSettings(
                        temp.resolve("repository"), work(), 100, 0.01, 0, Duration.ZERO);
        Pipeline pipeline = new Pipeline(slow, publisher);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var status = CompletableFuture.supplyAsync(() -> unchecked(pipeline), threads);
            await().until(() -> !about(ExtractClasses.NAME, "progress").isEmpty());
            pipeline.close();
            await().untilAsserted(
                            () -> assertThat(status).isCompletedWithValue(RunStatus.CANCELLED));
        }
        assertThat(publisher.flush(Duration.ofSeconds(5))).isTrue();
        for (String task :
                List.of(ExtractClasses.NAME, ExtractManifests.NAME, ExtractLicences.NAME)) {
            Event.Status last = (Event.Status) about(task, "status").getLast();
            assertThat(last.state()).isEqualTo("cancelled");
        }
        assertThat(collector.events(Event.WorkflowComplete.class).getFirst().state())
                .isEqualTo(RunStatus.CANCELLED);
    }

    private RunStatus run(long number, PipelineSettings settings) throws InterruptedException {
        RunStatus status = new Pipeline(settings, publisher).run(number, null);
        assertThat(publisher.flush(Duration.ofSeconds(5))).isTrue();
        return status;
    }

    private static RunStatus unchecked(Pipeline pipeline) {
        try {
            return pipeline.run(1, null);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private PipelineSettings settings() {
        return new PipelineSettings(temp.resolve("repository"), work(), 100, 0, 4, Duration.ZERO);
    }

    private Path work() {
        return temp.resolve("work");
    }

    private List<Event> about(String task, String... kinds) {
        return collector.events().stream()
                .filter(e -> task.equals(e.subject().task()))
                .filter(e -> List.of(kinds).contains(e.kind()))
                .toList();
    }

    private long rows(String task) {
        Long rows = ((Event.Complete) about(task, "complete").getLast()).rows();
        return rows == null ? -1 : rows;
    }

    private List<String> lines(Level level) {
        return collector.events(Event.Log.class).stream()
                .filter(l -> l.level() == level)
                .map(Event.Log::message)
                .toList();
    }

    private long loaded() throws SQLException {
        long sum = 0;
        for (String t : List.of("jar", "class", "duplicate_class", "licence", "finding")) {
            sum += count("SELECT COUNT(*) FROM " + t);
        }
        return sum;
    }

    private long count(String sql) throws SQLException {
        String url = new Dataset(work().resolve("warehouse")).url();
        try (Connection db = DriverManager.getConnection(url, "sa", "");
                Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static Map<String, byte[]> apache() {
        return text("META-INF/LICENSE", "Apache License\nVersion 2.0, January 2004");
    }

    private static Map<String, byte[]> prefixed(String prefix, String packageName) {
        Map<String, byte[]> moved = new LinkedHashMap<>();
        classes(packageName, 2).forEach((entry, bytes) -> moved.put(prefix + entry, bytes));
        return moved;
    }

    private static LoggerContext logback() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
