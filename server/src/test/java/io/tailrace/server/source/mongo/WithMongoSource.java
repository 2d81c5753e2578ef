package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

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
import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.source.SourceStatus;
import io.tailrace.server.source.Sources;
import io.tailrace.server.source.message.TestDialects;
import io.tailrace.wire.EventCodec;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A source that reads collection {@code jobs} of database {@code shop} of a server in memory. */
abstract class WithMongoSource {

    static final Duration LONG = Duration.ofSeconds(30);
    private static final Channel CHANNEL = Channel.logs("acme", "nightly");

    @TempDir Path directory;

    final TestMongo mongo = new TestMongo();
    final FlakyLog log = new FlakyLog();
    final List<String> inserted = new ArrayList<>();
    final MongoClient client = MongoClients.create(mongo.uri());
    private final Redactor redactor =
            new Redactor(RedactionRules.of(List.of(), List.of()), RedactionObserver.NONE);
    final DeadLetters letters = new DeadLetters(null, redactor, Clock.systemUTC());
    private final Broker broker =
            new Broker(
                    log, BrokerOptions.DEFAULT, Clock.systemUTC(), BrokerObserver.NONE, List.of());
    private @Nullable Sources sources;
    private int opened;

    @BeforeEach
    void begin() {
        insert(2); // they were there before the source began
        inserted.clear();
    }

    @AfterEach
    void end() throws InterruptedException {
        stop();
        client.close();
        mongo.close();
        broker.close();
    }

    MongoCollection<Document> jobs() {
        return collection("jobs");
    }

    MongoCollection<Document> collection(String name) {
        return client.getDatabase("shop").getCollection(name);
    }

    /** Starts with further settings, and waits until it reads. */
    void start(String more) throws IOException {
        launch(more);
        boolean polls = more.contains("mode = poll");
        int before = opened;
        await().until(() ->
                polls ? log.note("source:app:begun").isPresent() : mongo.oplog().opened() > before);
        opened = mongo.oplog().opened();
    }

    /** Starts, whether or not there is a server. */
    void launch(String more) throws IOException {
        MongoSourceSettings settings = settings(more);
        var source = new MongoSource(settings, TestDialects.of(broker, log), Clock.systemUTC());
        Sources started = new Sources(List.of(source), broker, log, letters, Clock.systemUTC());
        started.start();
        sources = started;
    }

    MongoSourceSettings settings(String more) throws IOException {
        Path config = directory.resolve("gateway.conf");
        String collections = more.contains("collections") ? "" : "collections = jobs,";
        Files.writeString(
                config,
                """
                sources { app {
                  type = mongodb, uri = "%s", database = shop, %s
                  workspace = acme, workflow = nightly, poll = 20ms, %s
                } }
                """
                        .formatted(mongo.uri(), collections, more));
        Settings settings = Settings.load(new String[] {"--config=" + config}, Map.of());
        return (MongoSourceSettings) settings.sources().getFirst();
    }

    void stop() throws InterruptedException {
        Sources running = sources;
        if (running != null) {
            running.stop();
        }
        sources = null;
    }

    SourceStatus status() {
        return Objects.requireNonNull(sources).statuses().getFirst();
    }

    /** Some documents that are events. */
    void insert(int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String message = "document %06d".formatted(inserted.size());
            inserted.add(message);
            documents.add(new Document("message", message).append("run", "7"));
        }
        jobs().insertMany(documents);
    }

    void allArrived() {
        await().atMost(LONG).untilAsserted(() -> assertThat(messages()).hasSameSizeAs(inserted));
        assertThat(messages()).containsExactlyElementsOf(inserted);
    }

    List<String> messages() {
        return logs().stream().map(Event.Log::message).toList();
    }

    List<Event.Log> logs() {
        return events(CHANNEL).stream().map(Event.Log.class::cast).toList();
    }

    List<Event> events(Channel channel) {
        return log.read(List.of(channel), 0, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE).stream()
                .map(WithMongoSource::event)
                .toList();
    }

    private static Event event(StoredEntry entry) {
        byte[] json = entry.json();
        return EventCodec.decode(
                json, 0, json.length, entry.kind(), entry.channel(), Instant.EPOCH);
    }
}
