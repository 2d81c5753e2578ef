package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Events and reads that tests of the broker share. */
final class Lines {

    static final Duration NOW = Duration.ZERO;
    static final Duration SOON = Duration.ofMinutes(1);

    private Lines() {}

    static Event.Published line(String channel, String message) {
        return new Event.Log(
                Header.of(new Channel(channel), Instant.EPOCH, Subject.NONE),
                Level.INFO,
                message,
                null,
                null);
    }

    static List<Event.Published> lines(String channel, String... messages) {
        return Stream.of(messages).map(m -> line(channel, m)).toList();
    }

    static List<ChannelPattern> patterns(String... texts) {
        return Stream.of(texts).map(ChannelPattern::parse).toList();
    }

    /** Reads until so many entries have come, or nothing comes any more. */
    static List<Long> positions(Subscription subscription, int count) throws InterruptedException {
        List<Long> positions = new ArrayList<>();
        while (positions.size() < count) {
            Batch batch = subscription.next(1_000, Long.MAX_VALUE, SOON);
            if (batch.isEmpty()) {
                break;
            }
            batch.frames().forEach(f -> positions.add(f.position()));
        }
        return positions;
    }
}
