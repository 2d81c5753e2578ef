package io.tailrace.server.source.kafka;

import io.tailrace.model.Event;
import io.tailrace.server.http.Pause;
import io.tailrace.server.settings.KafkaSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.message.Message;
import io.tailrace.server.source.message.MessageDialects;
import io.tailrace.server.source.message.MessageReader;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes one message after the other. Confined to the source's thread. */
final class KafkaTail {

    private static final int BLOCK = 5_000; // events stored at once
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final long SHOWN_EVERY = 1_000; // milliseconds

    private final Consumer<byte[], byte[]> consumer;
    private final Outlet outlet;
    private final MessageReader reader;
    private final Clock clock;
    private final java.util.function.Consumer<List<SourcePart>> shown;
    private final KafkaPartitions partitions;
    private final List<Event.Published> events = new ArrayList<>();
    private long showNext;

    /**
     * Reads by that consumer.
     *
     * @param shown told now and then up to where it was read
     */
    KafkaTail(
            KafkaSourceSettings settings,
            MessageDialects dialects,
            Consumer<byte[], byte[]> consumer,
            Outlet outlet,
            java.util.function.Consumer<List<SourcePart>> shown) {
        this.consumer = consumer;
        this.outlet = outlet;
        this.reader = dialects.reader(settings.messages());
        this.clock = dialects.clock();
        this.shown = shown;
        this.partitions =
                new KafkaPartitions(
                        settings,
                        consumer,
                        outlet,
                        (topic, sentence) -> events.add(reader.notice(topic, sentence)));
    }

    /** Reads until it is interrupted. */
    void run(KafkaTopics topics, Duration look) throws IOException, InterruptedException {
        long next = System.nanoTime();
        while (true) {
            if (System.nanoTime() - next >= 0) {
                partitions.assign(topics.find());
                partitions.look();
                store(); // also says that the brokers answer
                next = System.nanoTime() + look.toNanos();
            }
            if (partitions.isEmpty()) {
                Pause.of(look.compareTo(WAIT) < 0 ? look : WAIT);
            } else {
                poll(look.compareTo(WAIT) < 0 ? look : WAIT);
            }
        }
    }

    private void poll(Duration wait) {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
            for (ConsumerRecord<byte[], byte[]> message : records) {
                take(message);
            }
            records.nextOffsets().forEach(partitions::moved); // also behind what is no message
            if (!records.nextOffsets().isEmpty()) {
                store();
            }
        } catch (OffsetOutOfRangeException e) {
            partitions.lost(e);
            store();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> sent) {
        var partition = new TopicPartition(sent.topic(), sent.partition());
        if (sent.value() != null) { // else it says that a key is deleted
            reader.read(
                    message(sent),
                    events,
                    part ->
                            part.leaveOut(
                                    "A message of %s at offset %d"
                                            .formatted(
                                                    KafkaPartitions.name(partition), sent.offset()),
                                    outlet));
        }
        partitions.moved(
                partition, new OffsetAndMetadata(sent.offset() + 1, sent.leaderEpoch(), ""));
        if (events.size() >= BLOCK) {
            store();
        }
    }

    private Message message(ConsumerRecord<byte[], byte[]> sent) {
        Map<String, String> headers = headers(sent);
        Instant time =
                sent.timestamp() > 0 ? Instant.ofEpochMilli(sent.timestamp()) : clock.instant();
        return new Message(
                sent.value(),
                headers.getOrDefault("content-type", ""),
                headers,
                time,
                sent.topic());
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> sent) {
        Header[] all = sent.headers().toArray();
        if (all.length == 0) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : all) {
            if (header.value() != null) {
                headers.put(
                        header.key().toLowerCase(Locale.ROOT),
                        new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    private void store() {
        outlet.store(List.copyOf(events), partitions.changes());
        events.clear();
        partitions.stored();
        if (clock.millis() >= showNext) {
            shown.accept(partitions.parts());
            showNext = clock.millis() + SHOWN_EVERY;
        }
    }
}
