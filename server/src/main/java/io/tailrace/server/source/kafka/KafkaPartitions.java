package io.tailrace.server.source.kafka;

import io.tailrace.server.settings.KafkaSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.SourcePart;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The partitions that are read, and up to where each was. Confined to the source's thread. */
final class KafkaPartitions {

    private static final String KNOWN = "topics";
    private static final String ANY = "*"; // noted for a pattern; no topic is named so

    private final KafkaSourceSettings settings;
    private final Consumer<byte[], byte[]> consumer;
    private final Outlet outlet;
    private final Notices notices;
    private final Set<String> known = new TreeSet<>();
    private final Map<TopicPartition, KafkaPosition> positions = new HashMap<>();
    private final Set<TopicPartition> changed = new TreeSet<>(KafkaPartitions::compare);
    private Map<TopicPartition, Long> ends = Map.of();
    private boolean looked;
    private boolean learned; // what is known is to be noted

    /** Says something where the messages of a topic go. */
    interface Notices {
        void say(String topic, String sentence);
    }

    KafkaPartitions(
            KafkaSourceSettings settings,
            Consumer<byte[], byte[]> consumer,
            Outlet outlet,
            Notices notices) {
        this.settings = settings;
        this.consumer = consumer;
        this.outlet = outlet;
        this.notices = notices;
        outlet.position(KNOWN)
                .ifPresent(names ->
                        known.addAll(new String(names, StandardCharsets.UTF_8).lines().toList()));
    }

    static String name(TopicPartition partition) {
        return partition.topic() + "[" + partition.partition() + "]";
    }

    private static int compare(TopicPartition a, TopicPartition b) {
        int topics = a.topic().compareTo(b.topic());
        return topics != 0 ? topics : Integer.compare(a.partition(), b.partition());
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    /** Reads those too that are new, and no longer those that are gone. */
    void assign(Map<String, TopicDescription> topics) {
        Map<TopicPartition, String> wanted = new TreeMap<>(KafkaPartitions::compare);
        topics.forEach((name, topic) -> {
            for (TopicPartitionInfo each : topic.partitions()) {
                wanted.put(new TopicPartition(name, each.partition()), topic.topicId().toString());
            }
        });
        positions.keySet().retainAll(wanted.keySet());
        Map<TopicPartition, String> fresh = new TreeMap<>(KafkaPartitions::compare);
        wanted.forEach((partition, id) -> {
            KafkaPosition now = positions.get(partition);
            if (now == null || !now.topic().equals(id)) {
                fresh.put(partition, id);
            }
        });
        if (fresh.isEmpty() && consumer.assignment().equals(wanted.keySet())) {
            learn(topics.keySet());
            return;
        }
        consumer.assign(wanted.keySet());
        begin(fresh);
        learn(topics.keySet());
    }

    /** Also of those that are not there yet: when they appear they are read whole. */
    private void learn(Set<String> topics) {
        looked = true;
        learned |= known.addAll(topics);
        learned |= settings.pattern() == null ? known.addAll(settings.topics()) : known.add(ANY);
    }

    private void begin(Map<TopicPartition, String> fresh) {
        List<TopicPartition> fromBeginning = new ArrayList<>();
        List<TopicPartition> fromEnd = new ArrayList<>();
        fresh.forEach((partition, id) -> {
            Optional<KafkaPosition> stored =
                    Optional.ofNullable(positions.get(partition))
                            .or(() -> outlet.position(part(partition)).map(KafkaPosition::decode));
            if (stored.isPresent() && stored.get().topic().equals(id)) {
                positions.put(partition, stored.get());
                consumer.seek(partition, stored.get().place());
                return;
            }
            if (stored.isPresent()) {
                say(
                        partition,
                        "Topic %s was deleted and made anew: it is read from its beginning."
                                .formatted(partition.topic()));
            }
            boolean first = stored.isEmpty() && isFirstStart(partition.topic());
            (first && !settings.fromEarliest() ? fromEnd : fromBeginning).add(partition);
        });
        at(consumer.beginningOffsets(fromBeginning), fresh);
        at(consumer.endOffsets(fromEnd), fresh);
    }

    /** A topic that appears later is read whole: nothing of it was there before. */
    private boolean isFirstStart(String topic) {
        boolean later = settings.pattern() != null && !known.isEmpty();
        return !looked && !later && !known.contains(topic);
    }

    private void at(Map<TopicPartition, Long> offsets, Map<TopicPartition, String> topics) {
        offsets.forEach((partition, offset) -> {
            String id = String.valueOf(topics.get(partition));
            move(partition, new KafkaPosition(offset, null, id));
            consumer.seek(partition, offset);
        });
    }

    /** Kafka no longer has what comes next: says so, and goes on where it has something. */
    void lost(OffsetOutOfRangeException e) {
        Set<TopicPartition> partitions = e.offsetOutOfRangePartitions().keySet();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> latest = consumer.endOffsets(partitions);
        e.offsetOutOfRangePartitions()
                .forEach((partition, offset) -> {
                    long begin = begins.getOrDefault(partition, 0L);
                    long end = latest.getOrDefault(partition, begin);
                    long next = begin;
                    if (offset < begin) {
                        say(
                                partition,
                                "%,d messages of %s are missing: offsets %d to %d were no longer kept when they were to be read."
                                        .formatted(
                                                begin - offset,
                                                name(partition),
                                                offset,
                                                begin - 1));
                    } else {
                        next = Math.min(end, divergent(e, partition).orElse(end));
                        say(
                                partition,
                                "%s ends before offset %d, up to where it was read: its brokers have lost messages. It is read on from %d."
                                        .formatted(name(partition), offset, next));
                    }
                    moved(partition, new OffsetAndMetadata(next));
                    consumer.seek(partition, next);
                });
    }

    private static Optional<Long> divergent(OffsetOutOfRangeException e, TopicPartition partition) {
        return e instanceof LogTruncationException cut
                ? Optional.ofNullable(cut.divergentOffsets().get(partition))
                        .map(OffsetAndMetadata::offset)
                : Optional.empty();
    }

    private void say(TopicPartition partition, String sentence) {
        outlet.warn(sentence);
        notices.say(partition.topic(), sentence);
    }

    /** The message before this place is taken. */
    void moved(TopicPartition partition, OffsetAndMetadata next) {
        KafkaPosition now = positions.get(partition);
        if (now != null) {
            move(partition, now.at(next));
        }
    }

    private void move(TopicPartition partition, KafkaPosition position) {
        if (!position.equals(positions.put(partition, position))) {
            changed.add(partition);
        }
    }

    /** What is to be noted with the events that were taken. */
    Map<String, byte[]> changes() {
        Map<String, byte[]> changes = new HashMap<>();
        for (TopicPartition partition : changed) {
            KafkaPosition position = positions.get(partition);
            if (position != null) {
                changes.put(part(partition), position.encode());
            }
        }
        if (learned || !changes.isEmpty()) {
            changes.put(KNOWN, String.join("\n", known).getBytes(StandardCharsets.UTF_8));
        }
        return changes;
    }

    /** Those are stored. */
    void stored() {
        changed.clear();
        learned = false;
    }

    private static String part(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    /** Asks up to where there are messages; fails when the brokers are away. */
    void look() {
        ends = consumer.endOffsets(positions.keySet());
    }

    List<SourcePart> parts() {
        Collection<TopicPartition> sorted = new TreeSet<>(KafkaPartitions::compare);
        sorted.addAll(positions.keySet());
        List<SourcePart> parts = new ArrayList<>();
        for (TopicPartition partition : sorted) {
            KafkaPosition position = positions.get(partition);
            if (position != null) {
                long at = position.offset();
                long end = Math.max(at, ends.getOrDefault(partition, at));
                parts.add(SourcePart.of(name(partition), at, end));
            }
        }
        return parts;
    }
}
