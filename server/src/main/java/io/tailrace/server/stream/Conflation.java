package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;
import io.tailrace.server.broker.Frame;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is left of some entries when of each measurement and of each progress only the latest stays.
 * Everything else stays as it is, and the order of all that stays.
 *
 * @param frames what is left
 * @param left how many of which channel were left out
 */
record Conflation(List<Frame> frames, Map<Channel, Long> left) {

    private static final Set<String> KINDS = Set.of("metric", "progress", "workflow_progress");

    /** What a value is a value of. */
    private record Key(
            Channel channel, String kind, String name, Subject subject, Map<String, String> tags) {}

    static Conflation of(List<Frame> frames) {
        List<Frame> kept = new ArrayList<>(frames.size());
        Map<Channel, Long> left = new LinkedHashMap<>();
        Set<Key> newer = new HashSet<>();
        EventParser parser = new EventParser();
        for (Frame frame : frames.reversed()) {
            Key key = key(frame, parser);
            if (key == null || newer.add(key)) {
                kept.add(frame);
            } else {
                left.merge(frame.channel(), 1L, Long::sum);
            }
        }
        return new Conflation(kept.reversed(), left);
    }

    /** Null for what is not a value that a later one replaces. */
    private static @Nullable Key key(Frame frame, EventParser parser) {
        if (!KINDS.contains(FrameParts.kind(frame.bytes()))) {
            return null;
        }
        byte[] json = FrameParts.data(frame.bytes());
        try {
            return switch (parser.parse(json, 0, json.length, null, null, Instant.EPOCH)) {
                case Event.Metric e -> key(e, e.name(), e.header().subject(), tags(e));
                case Event.Progress e -> key(e, "", task(e.header().subject()), Map.of());
                case Event.WorkflowProgress e -> key(e, "", task(e.header().subject()), Map.of());
                default -> null;
            };
        } catch (MalformedEventException e) {
            return null; // the reader says what it thinks of it
        }
    }

    private static Key key(Event event, String name, Subject subject, Map<String, String> tags) {
        return new Key(event.channel(), event.kind(), name, subject, tags);
    }

    private static Subject task(Subject subject) {
        return new Subject(
                subject.workspace(), subject.workflow(), subject.run(), subject.task(), null, null);
    }

    /** Further fields tell series apart, but for numbers, which are values themselves. */
    private static Map<String, String> tags(Event.Metric metric) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("", String.valueOf(metric.unit()));
        metric.header()
                .fields()
                .forEach((name, value) -> {
                    if (!(value instanceof Number)) {
                        tags.put(name, String.valueOf(value));
                    }
                });
        return tags;
    }
}
