package io.tailrace.server.source.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Up to where a partition was read.
 *
 * @param offset of the next message
 * @param epoch of the leader that gave the last one, by which a broken log is recognised; or null
 * @param topic the id of the topic: one of the same name that was made anew has another
 */
record KafkaPosition(long offset, @Nullable Integer epoch, String topic) {

    byte[] encode() {
        String text = offset + " " + (epoch == null ? "-" : epoch.toString()) + " " + topic;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static KafkaPosition decode(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(" ", 3);
        Integer epoch = parts[1].equals("-") ? null : Integer.valueOf(parts[1]);
        return new KafkaPosition(Long.parseLong(parts[0]), epoch, parts[2]);
    }

    /** The same for Kafka's client. */
    OffsetAndMetadata place() {
        return new OffsetAndMetadata(offset, Optional.ofNullable(epoch), "");
    }

    KafkaPosition at(OffsetAndMetadata next) {
        return new KafkaPosition(next.offset(), next.leaderEpoch().orElse(null), topic);
    }
}
