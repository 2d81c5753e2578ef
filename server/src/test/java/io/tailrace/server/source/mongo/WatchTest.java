package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.SourceStatus;

import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.util.List;

/** Collections that are watched by a change stream. */
@Execution(ExecutionMode.CONCURRENT)
class WatchTest extends WithMongoSource {

    @Override
    String mode() {
        return "";
    }

    @Test
    void saysUpToWhereItWasReadAlsoWhenNothingIsNew() throws Exception {
        start("");
        insert(1);
        allArrived();
        stop();
        start("");
        await().untilAsserted(() ->
                assertThat(status().parts()).extracting(SourcePart::name).containsExactly("jobs"));
    }

    @Test
    void tellsWhatIsInsertedFromTheStartOn() throws Exception {
        start("");
        insert(3);
        allArrived();
        Event.Log first = logs().getFirst();
        assertThat(first.subject().run()).isEqualTo("7");
        assertThat(first.header().fields()).containsKey("_id");
        insert(2);
        allArrived();
        assertThat(status().events()).isEqualTo(5);
    }

    @Test
    void goesOnWhereItWasLeft() throws Exception {
        for (int round = 0; round < 3; round++) {
            start("");
            insert(2);
            allArrived();
            stop();
            insert(3);
        }
        start("");
        allArrived();
    }

    @Test
    void readsByIdWhenTheHistoryIsLostAndSaysWhatIsMissing() throws Exception {
        start("");
        insert(2);
        allArrived();
        stop();
        insert(3);
        jobs().updateOne(Filters.eq("message", "document 000000"), Updates.set("level", "WARN"));
        mongo.oplog().forget();
        start("");
        inserted.add(2, "gap");
        await().untilAsserted(() -> assertThat(messages()).hasSameSizeAs(inserted));
        Event.Log gap = logs().get(2);
        assertThat(gap.message())
                .isEqualTo(
                        "The database no longer has the changes since they were read last, or does"
                                + " not know that place. Documents with a later _id are read now;"
                                + " other changes of that time are missing.");
        assertThat(gap.logger()).isEqualTo("tailrace");
        inserted.set(2, gap.message());
        insert(2);
        stop();
        start("");
        insert(1);
        assertThat(inserted).hasSize(9);
        await().untilAsserted(() -> assertThat(messages()).hasSize(9));
        assertThat(messages()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsInsertedWhileCollectionsAreReadComesOnce() throws Exception {
        insert(5_000);
        Thread inserting =
                Thread.ofVirtual()
                        .start(() -> {
                            while (messages().size() < 5_000 || inserted.size() < 5_300) {
                                insert(20);
                            }
                        });
        start("start = beginning, batch = 100");
        inserting.join();
        insert(1);
        List<String> all = List.copyOf(inserted);
        await().untilAsserted(() -> assertThat(messages()).hasSize(all.size() + 2));
        assertThat(messages()).containsAll(all);
    }

    @Test
    void readsTheRestWhenItWasStoppedWhileReading() throws Exception {
        insert(1_000);
        log.full = true;
        launch("start = beginning, batch = 10");
        await().until(() -> status().state() == SourceStatus.State.WAITING);
        log.full = false;
        await().until(() -> messages().size() > 20);
        stop();
        start("start = beginning, batch = 10");
        insert(10);
        await().untilAsserted(() -> assertThat(messages()).hasSize(1_012));
        assertThat(messages()).containsAll(inserted);
    }

    @Test
    void anUpdateTellsTheDocumentAsItIsThen() throws Exception {
        start("");
        insert(1);
        allArrived();
        jobs().updateOne(new Document("message", "document 000000"), Updates.set("level", "ERROR"));
        await().untilAsserted(() -> assertThat(logs()).hasSize(2));
        assertThat(logs().getLast().message()).isEqualTo("document 000000");
        assertThat(logs().getLast().level()).hasToString("ERROR");
    }

    @Test
    void anUpdateTellsOnlyWhatChangedWhenThatIsWanted() throws Exception {
        start("updates = changed");
        insert(1);
        Document own = new Document("message", "document 000000").append("_id", 1);
        jobs().insertOne(own);
        jobs().updateOne(new Document("_id", 1), Updates.set("message", "now"));
        await().untilAsserted(() -> assertThat(logs()).hasSize(3));
        assertThat(logs().getLast().message()).isEqualTo("now");
        assertThat(logs().getLast().header().fields()).containsEntry("_id", 1L);
    }

    @Test
    void updatesAndDeletionsAreNotToldWhenNotWanted() throws Exception {
        start("updates = none");
        insert(1);
        jobs().updateMany(new Document(), Updates.set("level", "ERROR"));
        jobs().deleteMany(new Document());
        insert(1);
        allArrived();
    }

    @Test
    void readsACollectionThatWasDroppedAndMadeAnew() throws Exception {
        start("");
        insert(2);
        allArrived();
        jobs().drop();
        await().until(() -> mongo.oplog().opened() == 2);
        insert(2);
        allArrived();
        assertThat(status().problem()).contains("Collection 'jobs' was dropped");
        stop();
        insert(1);
        mongo.oplog().forget();
        start("");
        await().untilAsserted(() -> assertThat(messages()).hasSize(6)); // and the gap
        assertThat(messages()).containsAll(inserted);
    }

    @Test
    void readsCollectionsByPatternAndKnowsThemByTheirNewNames() throws Exception {
        start("collections = [\"task_*\", jobs]");
        collection("task_1").insertOne(new Document("message", "one"));
        collection("other").insertOne(new Document("message", "never"));
        collection("task_2").insertOne(new Document("message", "two"));
        mongo.oplog().rename("shop", "task_2", "task_3");
        collection("task_3").insertOne(new Document("message", "three"));
        await().untilAsserted(() -> assertThat(messages()).containsExactly("one", "two", "three"));
        assertThat(status().problem()).contains("'task_2' was renamed to 'task_3', which is read");
        assertThat(log.note("source:app:at/task_2")).isEmpty();
        assertThat(log.note("source:app:at/task_3")).isPresent();
    }

    @Test
    void knowsWhereItIsBeforeAnythingCame() throws Exception {
        start("");
        await().until(() -> log.note("source:app:token").isPresent());
        stop();
        insert(2);
        jobs().updateOne(new Document("message", "document 000000"), Updates.set("level", "WARN"));
        start("");
        inserted.add("document 000000"); // the update
        allArrived();
    }

    @Test
    void anEventGoesToTheChannelOfItsKind() throws Exception {
        start("");
        jobs().insertOne(new Document("kind", "metric").append("name", "rows").append("value", 7));
        jobs().insertOne(
                        new Document("kind", "workflow_started")
                                .append("workflow", "weekly load")
                                .append("run", "1"));
        jobs().insertOne(new Document("channel", "logs:acme:other").append("message", "hi"));
        insert(1);
        allArrived();
        assertThat(events(Channel.metrics("acme"))).hasSize(1);
        assertThat(events(Channel.runs("acme", "weekly-load"))).hasSize(1);
        assertThat(events(Channel.logs("acme", "other"))).hasSize(1);
    }

    @Test
    void whatIsNoEventIsLeftOutAndStopsNothing() throws Exception {
        start("dialect = tailrace");
        jobs().insertOne(new Document("kind", "workflow_started"));
        jobs().insertOne(new Document("message", 7).append("level", new Document()));
        jobs().insertOne(new Document());
        jobs().insertOne(
                        new Document("kind", "command")
                                .append("run", "7")
                                .append("id", "1")
                                .append("verb", "cancel"));
        ObjectId id = new ObjectId();
        jobs().insertOne(new Document("_id", id).append("message", "x".repeat(4 << 20)));
        insert(1);
        await().untilAsserted(() -> assertThat(messages()).isEqualTo(inserted));
        assertThat(status().rejected()).isEqualTo(5);
        await().until(() -> letters.counts().came() == 5);
        assertThat(status().problem()).contains(id.toHexString(), "bytes");
    }

    @Test
    void tenThousandDocumentsComeOnceInTheirOrder() throws Exception {
        start("");
        for (int i = 0; i < 20; i++) {
            insert(500);
        }
        allArrived();
        stop();
        start("");
        insert(1);
        allArrived();
    }
}
