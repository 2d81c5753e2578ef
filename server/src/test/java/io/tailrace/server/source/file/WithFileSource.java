package io.tailrace.server.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.broker.FlakyLog;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.settings.FileSourceSettings;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.source.Sources;
import io.tailrace.wire.EventCodec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A source that follows files in a temporary folder. */
abstract class WithFileSource {

    private static final Redactor REDACTOR =
            new Redactor(RedactionRules.of(List.of(), List.of()), RedactionObserver.NONE);
    private static final Channel CHANNEL = Channel.logs("acme", "nightly");

    @TempDir Path directory;

    final FlakyLog log = new FlakyLog();
    final List<String> written = new ArrayList<>();
    private Broker broker;
    Sources sources;
    Path file;
    volatile Duration ahead = Duration.ZERO;

    /** The clock that the source sees. */
    private final class Ahead extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

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

    void start() throws IOException {
        sources = started("");
    }

    Sources started(String more) throws IOException {
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
                        new Ahead(),
                        REDACTOR);
        var started =
                new Sources(
                        List.of(source),
                        broker,
                        log,
                        new DeadLetters(null, REDACTOR, Clock.systemUTC()),
                        Clock.systemUTC());
        started.start();
        return started;
    }

    void stop() throws InterruptedException {
        sources.stop();
    }

    /** Some lines at the end of the file, long enough to tell files apart. */
    void write(int count) throws IOException {
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

    Path rename(String name) throws IOException {
        return Files.move(file, file.resolveSibling(name));
    }

    void pack(Path path) throws IOException {
        Path part = path.resolveSibling("part");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
            Files.copy(path, out);
        }
        Files.move(part, path.resolveSibling(path.getFileName() + ".gz"));
        Files.delete(path);
    }

    void allArrived() {
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyElementsOf(written);
    }

    List<String> lines() {
        return events().stream().map(Event.Log::message).toList();
    }

    List<Event.Log> events() {
        return log.read(List.of(CHANNEL), 0, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE).stream()
                .map(WithFileSource::event)
                .toList();
    }

    private static Event.Log event(StoredEntry entry) {
        byte[] json = entry.json();
        return (Event.Log)
                EventCodec.decode(json, 0, json.length, null, entry.channel(), Instant.EPOCH);
    }

    void seen() {
        await().until(() -> lines().contains(written.getLast()));
    }

    /** What is left of a renamed file may come beside the new one's first lines. */
    void allArrivedInAnyOrder() {
        await().untilAsserted(() -> assertThat(lines()).hasSameSizeAs(written));
        assertThat(lines()).containsExactlyInAnyOrderElementsOf(written);
    }
}
