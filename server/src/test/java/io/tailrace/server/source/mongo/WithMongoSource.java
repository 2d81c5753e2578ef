package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.source.SourceStatus;
import io.tailrace.server.source.WithSources;

import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A source that reads collection {@code jobs} of database {@code shop} of a server in memory. */
abstract class WithMongoSource extends WithSources {

    private static final Channel CHANNEL = Channel.logs("acme", "nightly");

    final TestMongo mongo = new TestMongo();
    final List<String> inserted = new ArrayList<>();
    final MongoClient client = MongoClients.create(mongo.uri());
    private int opened;

    @BeforeEach
    void begin() {
        insert(2); // they were there before the source began
        inserted.clear();
    }

    @AfterEach
    void leave() throws InterruptedException {
        stop();
        client.close();
        mongo.close();
    }

    /** What else stands in the settings of sources that are tested here. */
    abstract String mode();

    @Test
    void whatIsNotStoredComesAgain() throws Exception {
        start(mode());
        insert(1);
        allArrived();
        log.full = true;
        insert(2);
        await().until(() -> status().state() == SourceStatus.State.WAITING);
        log.full = false;
        insert(1);
        allArrived();
    }

    @Test
    void waitsForAServerThatIsGone() throws Exception {
        start(mode());
        insert(1);
        allArrived();
        mongo.stop();
        await().untilAsserted(() ->
                assertThat(status().problem()).contains("No server of database 'shop' answers"));
        mongo.start();
        await().ignoreExceptions().until(() -> jobs().countDocuments() > 0);
        insert(2);
        allArrived();
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
        String collections = more.contains("collections") ? "" : "collections = jobs,";
        start(
                """
                app {
                  type = mongodb, uri = "%s", database = shop, %s
                  workspace = acme, workflow = nightly, poll = 20ms, %s
                }
                """
                        .formatted(mongo.uri(), collections, more),
                (settings, dialects) ->
                        new MongoSource(
                                (MongoSourceSettings) settings, dialects, Clock.systemUTC()));
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
        await().untilAsserted(() -> assertThat(messages()).hasSameSizeAs(inserted));
        assertThat(messages()).containsExactlyElementsOf(inserted);
    }

    /** Those of the source's own channel. */
    @Override
    protected List<String> messages() {
        return logs().stream().map(Event.Log::message).toList();
    }

    List<Event.Log> logs() {
        return events(CHANNEL).stream().map(Event.Log.class::cast).toList();
    }

    List<Event> events(Channel channel) {
        return log.read(List.of(channel), 0, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE).stream()
                .map(WithSources::event)
                .toList();
    }
}
