package io.tailrace.server.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.tailrace.server.settings.KafkaSourceSettings;
import io.tailrace.server.source.WithSources;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** A real broker, a topic of each test's own, and a gateway's log to fetch it into. */
abstract class WithKafka extends WithSources {

    @TempDir private static Path shared;
    static KafkaNode kafka;
    static Admin admin;

    final String topic = "orders-" + UUID.randomUUID();
    KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = new KafkaNode(shared);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.address()));
    }

    @AfterAll
    static void stopKafka() {
        admin.close(Duration.ofSeconds(1));
        kafka.close();
    }

    @BeforeEach
    void begin() {
        producer = producer(Map.of());
    }

    @AfterEach
    void close() {
        producer.close(Duration.ofSeconds(1));
    }

    static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", kafka.address());
        properties.put("linger.ms", 0);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Makes the topic, and waits until its partitions have their leader: a producer whose first
     * batch comes before that and whose second one does not cannot send the first one any more.
     */
    void create(int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, partitions)
                        .mapToObj(i -> new TopicPartition(topic, i))
                        .collect(toMap(partition -> partition, _ -> OffsetSpec.latest()));
        admin.listOffsets(ends).all().get();
    }

    void send(int partition, String text) throws Exception {
        var _ =
                producer.send(new ProducerRecord<>(topic, partition, null, text.getBytes(UTF_8)))
                        .get();
    }

    void source(String more) throws Exception {
        start(
                "k { type = kafka, bootstrap = \"%s\", workspace = acme, workflow = nightly, %s }"
                        .formatted(kafka.address(), more),
                (settings, dialects) ->
                        new KafkaSource(
                                (KafkaSourceSettings) settings, dialects, Duration.ofMillis(100)));
    }

    void source() throws Exception {
        source("topics = [\"%s\"]".formatted(topic));
    }

    void arrived(String... texts) {
        await().untilAsserted(() -> assertThat(messages()).containsExactlyInAnyOrder(texts));
    }
}
