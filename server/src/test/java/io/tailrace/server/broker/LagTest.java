package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How far behind a reader is. */
class LagTest extends WithBroker {

    private static List<Frame> frames(Subscription subscription, int bytes) throws Exception {
        return subscription.next(bytes, Long.MAX_VALUE, Lines.NOW).frames();
    }

    @Test
    void countsNoEntriesOfOthers() throws Exception {
        try (var reader = broker.subscribe(in("logs:a:quiet"), now())) {
            for (int i = 0; i < 300; i++) {
                broker.publish(Lines.lines("logs:a:busy", "x", "y"));
            }
            long before = System.currentTimeMillis();
            assertThat(reader.lag()).isZero();
            assertThat(reader.waitingSince()).isEmpty();

            broker.publish(Lines.lines("logs:a:quiet", "mine"));
            broker.publish(Lines.lines("logs:a:busy", "z"));

            assertThat(reader.lag()).isEqualTo(1);
            assertThat(reader.waitingSince().orElseThrow()).isGreaterThanOrEqualTo(before);
            assertThat(frames(reader, 1_000)).hasSize(1);
            assertThat(reader.lag()).isZero();
        }
    }

    /** The entry behind its position is no longer in memory, but it is not its own. */
    @Test
    void aReaderOfAQuietChannelNeedsNothingFromTheLog() throws Exception {
        try (Broker small = broker(2_000);
                var reader = small.subscribe(in("logs:a:quiet"), now())) {
            for (int i = 0; i < 100; i++) {
                small.publish(Lines.lines("logs:a:busy", "x".repeat(100)));
            }
            small.publish(Lines.lines("logs:a:quiet", "mine"));

            assertThat(reader.inMemory()).isTrue();
            assertThat(reader.lag()).isEqualTo(1);
        }
    }

    @Test
    void ofAReplayIsAtMostWhatItsChannelsHold() {
        for (int i = 0; i < 50; i++) {
            broker.publish(Lines.lines("logs:a:mine", "1"));
            broker.publish(Lines.lines("logs:a:other", "2", "3"));
        }
        var begin = new Start.After(new Cursor(log.epoch(), 0));
        try (var all = broker.subscribe(in("logs:a:mine"), begin);
                var newest = broker.subscribe(in("logs:a:*"), new Start.Newest(3, 150))) {
            assertThat(all.lag()).isEqualTo(50);
            assertThat(newest.lag()).isEqualTo(6);
        }
    }

    /** Any order of publishing, reading and changing: never less than the truth, and true live. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isTheNumberOfOwnEntriesThatWait(long seed) throws Exception {
        var random = new Random(seed);
        List<Channel> published = new ArrayList<>(List.of(new Channel("logs:a:0")));
        boolean own = true;
        try (var reader = broker.subscribe(in("logs:a:*"), now())) {
            for (int i = 0; i < 400; i++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        var channel =
                                new Channel("logs:" + (char) ('a' + random.nextInt(2)) + ":0");
                        broker.publish(Lines.lines(channel.name(), "x"));
                        published.add(channel);
                    }
                    case 2 -> frames(reader, 1 + random.nextInt(1_000));
                    default -> {
                        own = random.nextInt(8) > 0 == own;
                        reader.change(in(own ? "logs:a:*" : "logs:*"), now());
                    }
                }
                long waiting = 0;
                for (long p = reader.position() + 1; p < published.size(); p++) {
                    boolean mine = published.get((int) p).name().startsWith("logs:a");
                    waiting += mine || !own ? 1 : 0;
                }
                assertThat(reader.lag()).isGreaterThanOrEqualTo(waiting);
                assertThat(reader.lag()).isLessThanOrEqualTo(published.size());
            }
            while (!frames(reader, 10_000).isEmpty()) {
                assertThat(reader.position()).isPositive();
            }
            broker.publish(Lines.lines("logs:b:0", "x"));
            broker.publish(Lines.lines("logs:a:0", "x", "y"));
            broker.publish(Lines.lines("logs:b:0", "x"));
            assertThat(reader.lag()).isEqualTo(own ? 2 : 4);
        }
    }
}
