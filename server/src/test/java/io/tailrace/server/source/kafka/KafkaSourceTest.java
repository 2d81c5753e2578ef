package io.tailrace.server.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.SourceStatus;

import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

@Execution(ExecutionMode.CONCURRENT)
class KafkaSourceTest extends WithKafka {

    @Test
    void readsATopicFromItsBeginningAndSaysUpToWhere() throws Exception {
        create(2);
        send(0, "one");
        send(1, "two");
        source();
        arrived("one", "two");
        send(1, "three");
        arrived("one", "two", "three");
        await().untilAsserted(() ->
                assertThat(status().parts())
                        .containsExactly(
                                SourcePart.of(topic + "[0]", 1, 1),
                                SourcePart.of(topic + "[1]", 2, 2)));
        assertThat(status().events()).isEqualTo(3);
        assertThat(status().problem()).isNull();
    }

    @Test
    void goesOnWhereItStoppedHoweverOftenItIsStopped() throws Exception {
        create(3);
        List<String> sent = new ArrayList<>();
        Thread sending =
                Thread.ofPlatform()
                        .start(() ->
                                IntStream.range(0, 5_000)
                                        .forEach(i -> {
                                            byte[] text = ("message " + i).getBytes(UTF_8);
                                            var _ =
                                                    producer.send(
                                                            new ProducerRecord<>(
                                                                    topic, i % 3, null, text));
                                        }));
        IntStream.range(0, 5_000).forEach(i -> sent.add("message " + i));
        source();
        for (int i = 0; i < 8; i++) {
            long before = log.newest();
            await().until(() -> log.newest() > before || messages().size() == sent.size());
            if (i % 2 == 0) {
                stop(); // in the middle of something
                source();
            } else {
                log.full = true;
                await().until(() -> status().failures() > 0 || !sending.isAlive());
                log.full = false;
            }
        }
        sending.join();
        producer.flush();
        await().untilAsserted(() -> assertThat(messages()).hasSizeGreaterThanOrEqualTo(5_000));
        assertThat(messages()).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void aBrokerThatIsAwayIsWaitedFor() throws Exception {
        create(1);
        send(0, "before");
        source(
                "topics = [\"%s\"], properties { default.api.timeout.ms = 1000, request.timeout.ms = 900 }"
                        .formatted(topic));
        arrived("before");
        kafka.stop();
        try {
            await().until(() -> status().state() == SourceStatus.State.WAITING);
            assertThat(status().problem()).contains(kafka.address(), "does not answer");
        } finally {
            kafka.start();
        }
        send(0, "after");
        await().untilAsserted(() -> assertThat(messages()).containsExactly("before", "after"));
        await().untilAsserted(() -> assertThat(status().problem()).isNull());
        assertThat(status().failures()).isZero();
    }

    @Test
    void startsAtTheEndWhenThatIsWantedButOnlyTheFirstTime() throws Exception {
        create(1);
        send(0, "old");
        String latest = "topics = [\"%s\"], start = latest".formatted(topic);
        source(latest);
        await().until(() -> !status().parts().isEmpty());
        stop();
        send(0, "while it was stopped");
        source(latest);
        arrived("while it was stopped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics = [\"%s\"]", "topics-pattern = \"%s.*\""})
    void aTopicThatAppearsWhileItIsStoppedIsReadWhole(String which) throws Exception {
        String latest = which.formatted(topic) + ", start = latest";
        source(latest);
        await().until(() -> log.note("source:k:topics").isPresent());
        stop();
        create(1);
        send(0, "first");
        source(latest);
        arrived("first");
    }

    @Test
    void newPartitionsAndTopicsAreFound() throws Exception {
        String other = topic + "-more";
        source("topics-pattern = \"%s.*\", start = latest".formatted(topic));
        await().until(() -> String.valueOf(status().problem()).contains("no topic that matches"));
        create(1);
        await().until(() -> status().parts().size() == 1);
        assertThat(status().problem()).isNull();
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
        await().untilAsserted(() -> send(1, "new partition"));
        await().until(() -> messages().contains("new partition"));
        admin.createTopics(List.of(new NewTopic(other, 1, (short) 1))).all().get();
        var _ = producer.send(new ProducerRecord<>(other, "new topic".getBytes(UTF_8))).get();
        await().until(() -> messages().contains("new topic"));
    }

    @Test
    void whatRetentionTookIsSaid() throws Exception {
        create(1);
        send(0, "read");
        source();
        arrived("read");
        stop();
        for (int i = 0; i < 5; i++) {
            send(0, "lost " + i);
        }
        send(0, "kept");
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(6)))
                .all()
                .get();
        source();
        await().until(() -> messages().contains("kept"));
        assertThat(messages())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("5 messages of " + topic + "[0] are missing"));
        assertThat(status().problem()).contains("are missing: offsets 1 to 5");
    }

    @Test
    void aTopicThatIsMadeAnewIsReadFromItsBeginning() throws Exception {
        create(1);
        send(0, "old 1");
        send(0, "old 2");
        source();
        arrived("old 1", "old 2");
        stop();
        admin.deleteTopics(List.of(topic)).all().get();
        await().ignoreExceptionsInstanceOf(ExecutionException.class).untilAsserted(() -> create(1));
        for (int i = 0; i < 4; i++) {
            send(0, "new " + i);
        }
        source();
        await().until(() -> messages().contains("new 3"));
        assertThat(messages()).hasSize(7).contains("new 0", "new 1", "new 2");
        assertThat(status().problem()).contains("made anew");
    }

    @Test
    void whatCannotBeUnderstoodIsLeftOutAndKept() throws Exception {
        create(1);
        send(0, "fine");
        var _ =
                producer.send(
                                new ProducerRecord<>(
                                        topic, 0, null, new byte[] {0, 0, 0, 0, 7, 1, 2}))
                        .get();
        var _ = producer.send(new ProducerRecord<>(topic, 0, "key".getBytes(UTF_8), null)).get();
        var _ = producer.send(new ProducerRecord<>(topic, 0, null, new byte[0])).get();
        send(0, "fine too");
        source();
        arrived("fine", "fine too");
        await().until(() -> letters.counts().kept() == 1);
        assertThat(status().rejected()).isEqualTo(1);
        assertThat(status().problem()).contains(topic + "[0]", "offset 1", "not text");
        await().untilAsserted(() ->
                assertThat(status().parts()).containsExactly(SourcePart.of(topic + "[0]", 5, 5)));
    }

    @Test
    void otherDialectsAreUnderstood() throws Exception {
        create(1);
        send(
                0,
                """
                {"eventType":"START","eventTime":"2026-11-21T09:00:00Z",
                 "run":{"runId":"0194a5a8-0000-7000-8000-000000000001"},
                 "job":{"namespace":"shop","name":"orders"},"producer":"https://example.org"}
                """);
        var event = new ProducerRecord<byte[], byte[]>(topic, 0, null, "hello".getBytes(UTF_8));
        Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/x", "ce_type", "said")
                .forEach((name, value) ->
                        event.headers().add(new RecordHeader(name, value.getBytes(UTF_8))));
        event.headers().add(new RecordHeader("content-type", "text/plain".getBytes(UTF_8)));
        var _ = producer.send(event).get();
        source();
        await().until(() -> messages().contains("hello"));
        assertThat(log.channel(Channel.runs("shop", "orders"))).isPresent();
        Event.Log hello =
                lines().stream().filter(l -> l.message().equals("hello")).findFirst().orElseThrow();
        assertThat(hello.logger()).isEqualTo("/x");
        assertThat(hello.channel()).isEqualTo(Channel.logs("acme", "nightly"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void compressedMessagesAreRead(String compression) throws Exception {
        create(1);
        try (var packed = producer(Map.of("compression.type", compression))) {
            for (int i = 0; i < 50; i++) {
                byte[] text = ("packed " + i).getBytes(UTF_8);
                var _ = packed.send(new ProducerRecord<>(topic, 0, null, text));
            }
        }
        source();
        await().untilAsserted(() -> assertThat(messages()).hasSize(50));
    }

    @Test
    void onlyCommittedTransactionsCount() throws Exception {
        create(1);
        source();
        try (var transactional = producer(Map.of("transactional.id", topic))) {
            transactional.initTransactions();
            transactional.beginTransaction();
            var _ = transactional.send(new ProducerRecord<>(topic, "aborted".getBytes(UTF_8)));
            transactional.flush();
            transactional.abortTransaction();
            transactional.beginTransaction();
            var _ = transactional.send(new ProducerRecord<>(topic, "committed".getBytes(UTF_8)));
            transactional.commitTransaction();
        }
        arrived("committed");
        await().untilAsserted(() ->
                assertThat(status().parts()).containsExactly(SourcePart.of(topic + "[0]", 4, 4)));
    }

    @Test
    void stopsSoonAndSaysNothingAboutIt() throws Exception {
        create(1);
        source();
        await().until(() -> !status().parts().isEmpty());
        stop(); // does not wait for long
        assertThat(status().state()).isEqualTo(SourceStatus.State.STOPPED);
        assertThat(status().problem()).isNull();
    }
}
