package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Updates;

import io.tailrace.server.source.SourcePart;

import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Collections that are polled. */
@Execution(ExecutionMode.CONCURRENT)
class PollingTest extends WithMongoSource {

    private static final String POLL = "mode = poll";

    @Override
    String mode() {
        return POLL;
    }

    @Test
    void saysUpToWhereItWasReadAlsoWhenNothingIsNew() throws Exception {
        start(POLL);
        insert(1);
        allArrived();
        stop();
        start(POLL);
        await().untilAsserted(() ->
                assertThat(status().parts()).extracting(SourcePart::name).containsExactly("jobs"));
    }

    @Test
    void tellsWhatIsInsertedFromTheStartOn() throws Exception {
        start(POLL);
        insert(3);
        allArrived();
        insert(2);
        allArrived();
    }

    @Test
    void tellsWhatIsThereWhenThatIsWanted() throws Exception {
        insert(3);
        start("mode = poll, start = beginning, batch = 2");
        await().untilAsserted(() -> assertThat(messages()).hasSize(5));
        assertThat(messages().subList(2, 5)).isEqualTo(inserted);
    }

    @Test
    void goesOnWhereItWasLeft() throws Exception {
        for (int round = 0; round < 3; round++) {
            start(POLL);
            insert(2);
            allArrived();
            stop();
            insert(3);
        }
        start(POLL);
        allArrived();
    }

    @Test
    void findsADocumentWhoseIdIsBeforeThatOfOthers() throws Exception {
        start(POLL);
        ObjectId early = new ObjectId();
        insert(2);
        allArrived();
        jobs().insertOne(new Document("_id", early).append("message", "late"));
        inserted.add("late");
        allArrived();
        stop();
        start(POLL);
        insert(1);
        allArrived();
    }

    @Test
    void doesNotLookBackWhenThatIsNotWanted() throws Exception {
        start("mode = poll, overlap = 0s");
        ObjectId early = new ObjectId();
        insert(2);
        allArrived();
        jobs().insertOne(new Document("_id", early).append("message", "never"));
        insert(2);
        allArrived();
    }

    @Test
    void readsByAnotherValueThatGrows() throws Exception {
        start("mode = poll, by = meta.updated, fields { time = meta.updated }");
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        for (int i = 0; i < 3; i++) {
            var meta = new Document("updated", Date.from(now.plusSeconds(i)));
            jobs().insertOne(
                            new Document("_id", i).append("message", "m" + i).append("meta", meta));
        }
        inserted.addAll(List.of("m0", "m1", "m2"));
        allArrived();
        assertThat(logs().get(1).timestamp()).isEqualTo(now.plusSeconds(1));
        jobs().updateOne(
                        new Document("_id", 0),
                        Updates.set("meta.updated", Date.from(now.plusSeconds(2))));
        inserted.add("m0");
        allArrived();
    }

    @Test
    void readsByNumbers() throws Exception {
        start("mode = poll, by = seq");
        for (int i = 0; i < 30; i++) {
            Object seq = i % 2 == 0 ? (Object) i : (Object) (long) i;
            jobs().insertOne(new Document("message", "m" + i).append("seq", seq));
            inserted.add("m" + i);
            if (i % 10 == 0) {
                allArrived();
            }
        }
        allArrived();
    }

    @Test
    void readsCollectionsThatAppearLater() throws Exception {
        start("mode = poll, collections = [\"task_*\"]");
        collection("task_1").insertOne(new Document("message", "one"));
        collection("other").insertOne(new Document("message", "never"));
        await().untilAsserted(() -> assertThat(messages()).containsExactly("one"));
        collection("task_2").insertOne(new Document("message", "two"));
        await().untilAsserted(() -> assertThat(messages()).containsExactly("one", "two"));
    }

    @Test
    void whatIsThereOfACollectionThatIsAddedToTheSettingsNeedNotBeTold() throws Exception {
        start(POLL);
        stop();
        insert(1);
        collection("old").insertOne(new Document("message", "long ago"));
        start("mode = poll, collections = [jobs, old]");
        allArrived();
        collection("old").insertOne(new Document("message", "now"));
        inserted.add("now");
        allArrived();
    }

    @Test
    void whatIsNoEventIsLeftOutAndStopsNothing() throws Exception {
        start("mode = poll, dialect = tailrace");
        jobs().insertOne(new Document("kind", "workflow_started"));
        jobs().insertOne(new Document("message", "x".repeat(4 << 20)));
        insert(1);
        allArrived();
        assertThat(status().rejected()).isEqualTo(2);
        await().until(() -> letters.counts().came() == 2);
    }

    @Test
    void tenThousandDocumentsComeOnceInTheirOrder() throws Exception {
        start("mode = poll, batch = 300");
        for (int i = 0; i < 20; i++) {
            insert(500);
        }
        allArrived();
        stop();
        start(POLL);
        insert(1);
        allArrived();
    }
}
