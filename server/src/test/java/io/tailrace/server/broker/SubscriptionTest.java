package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.Retention;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

class SubscriptionTest extends WithBroker {

    @Test
    void beginsNowAndGetsWhatComesLater() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "before"));
        try (var subscription = broker.subscribe(Lines.patterns("logs:a:*"), now())) {
            broker.publish(Lines.lines("logs:a:b", "after"));

            assertThat(Lines.positions(subscription, 1)).containsExactly(2L);
            assertThat(subscription.next(1_000, Long.MAX_VALUE, Lines.NOW).isEmpty()).isTrue();
        }
    }

    @Test
    void getsChannelsThatAreCreatedLater() throws Exception {
        try (var subscription = broker.subscribe(Lines.patterns("logs:a:*", "runs:*"), now())) {
            broker.publish(Lines.lines("logs:a:new", "one"));
            broker.publish(Lines.lines("logs:z:other", "not for us"));
            broker.publish(Lines.lines("runs:z:new", "two"));

            assertThat(Lines.positions(subscription, 2)).containsExactly(1L, 3L);
        }
    }

    @Test
    void movesOnThoughOnlyOtherChannelsAreBusy() throws Exception {
        try (var subscription = broker.subscribe(Lines.patterns("logs:a:quiet"), now())) {
            broker.publish(Lines.lines("logs:a:busy", "x".repeat(50), "y", "z"));

            assertThat(subscription.next(1_000, Long.MAX_VALUE, Lines.NOW).isEmpty()).isTrue();
            assertThat(subscription.position()).isEqualTo(3);
        }
    }

    @Test
    void isWokenOnlyForItsOwnChannels() throws Exception {
        try (var subscription = broker.subscribe(Lines.patterns("logs:a:mine"), now());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Long>> read = threads.submit(() -> Lines.positions(subscription, 1));
            for (int i = 0; i < 100; i++) {
                broker.publish(Lines.lines("logs:a:other", "x"));
            }
            assertThat(read.isDone()).isFalse();
            broker.publish(Lines.lines("logs:a:mine", "here"));

            assertThat(read.get()).containsExactly(101L);
        }
    }

    @Test
    void beginsWithTheNewestOfEachChannel() throws Exception {
        for (int i = 1; i <= 10; i++) {
            broker.publish(Lines.lines("logs:a:busy", "b" + i));
            if (i <= 3) {
                broker.publish(Lines.lines("logs:a:rare", "r" + i));
            }
        }
        try (var subscription =
                broker.subscribe(Lines.patterns("logs:a:*"), new Start.Newest(2, 13))) {
            broker.publish(Lines.lines("logs:a:rare", "live"));

            // busy: 12, 13; rare: 4, 6; then what came live
            assertThat(Lines.positions(subscription, 5)).containsExactly(4L, 6L, 12L, 13L, 14L);
        }
    }

    @Test
    void stopsAtTheSeamAndGoesOnBehindIt() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "1", "2", "3", "4"));
        try (var subscription = broker.subscribe(Lines.patterns("logs:*"), new Start.At(0))) {
            assertThat(subscription.next(10_000, 2, Lines.SOON).frames()).hasSize(2);
            assertThat(subscription.next(10_000, 2, Lines.SOON).isEmpty()).isTrue();
            assertThat(subscription.position()).isEqualTo(2);
            assertThat(Lines.positions(subscription, 2)).containsExactly(3L, 4L);
        }
    }

    @Test
    void tellsWhichEntriesAreNoLongerKept() throws Exception {
        try (Broker forgetful = broker(1)) {
            forgetful.publish(Lines.lines("logs:a:b", "1", "2", "3"));
            forgetful.publish(Lines.lines("logs:a:c", "4"));
            forgetful.trim(new Retention(Duration.ofDays(1), 1 << 20, 1));
            Cursor after = new Cursor(log.epoch(), 1);
            try (var subscription =
                    forgetful.subscribe(Lines.patterns("logs:a:*"), new Start.After(after))) {

                Batch first = subscription.next(1_000, Long.MAX_VALUE, Lines.NOW);
                assertThat(first.missing())
                        .containsExactly(
                                new Missing(
                                        new Channel("logs:a:b"),
                                        after,
                                        new Cursor(log.epoch(), 2),
                                        "retention"));
                assertThat(Lines.positions(subscription, 2)).endsWith(3L, 4L);
            }
        }
    }

    @Test
    void missesNothingThatWasTrimmedButIsStillInMemory() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "1", "2", "3"));
        broker.trim(new Retention(Duration.ofDays(1), 1 << 20, 1));
        Cursor after = new Cursor(log.epoch(), 1);
        try (var subscription =
                broker.subscribe(Lines.patterns("logs:a:*"), new Start.After(after))) {
            assertThat(subscription.missingAtStart()).isEmpty();
            assertThat(Lines.positions(subscription, 2)).containsExactly(2L, 3L);
        }
    }

    @Test
    void tellsAReaderThatFellBehindWhatWasTrimmedMeanwhile() throws Exception {
        try (Broker forgetful = broker(1)) {
            try (var subscription =
                    forgetful.subscribe(Lines.patterns("logs:a:*"), new Start.At(0))) {
                forgetful.publish(Lines.lines("logs:a:b", "1", "2", "3"));
                assertThat(subscription.next(1, Long.MAX_VALUE, Lines.SOON).position())
                        .isEqualTo(1);
                forgetful.publish(Lines.lines("logs:a:b", "4", "5"));
                forgetful.trim(new Retention(Duration.ofDays(1), 1 << 20, 2));

                Batch next = subscription.next(1_000, Long.MAX_VALUE, Lines.SOON);
                assertThat(next.missing())
                        .extracting(m -> m.from().position(), m -> m.to().position())
                        .containsExactly(tuple(1L, 3L));
                assertThat(next.frames()).extracting(Frame::position).startsWith(4L);
            }
        }
    }

    @Test
    void givesACursorOfAnotherLifeAllThatIsKept() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "1", "2"));
        var other = new Cursor("another", 500);
        try (var subscription =
                broker.subscribe(Lines.patterns("logs:*"), new Start.After(other))) {
            assertThat(subscription.missingAtStart())
                    .containsExactly(
                            new Missing(
                                    new Channel("logs:a:b"),
                                    other,
                                    new Cursor(log.epoch(), 0),
                                    "epoch"));
            assertThat(Lines.positions(subscription, 2)).containsExactly(1L, 2L);
        }
    }

    /**
     * As after an older copy of the log took its place: nobody knows since when it differs from
     * what the reader saw, so nothing of it is passed over.
     */
    @Test
    void givesACursorBeyondTheNewestAllThatIsKept() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "1", "2"));
        var beyond = new Cursor(log.epoch(), 500);
        try (var subscription =
                broker.subscribe(Lines.patterns("logs:*"), new Start.After(beyond))) {
            broker.publish(Lines.lines("logs:a:b", "3"));
            Batch first = subscription.next(1_000, Long.MAX_VALUE, Lines.NOW);

            assertThat(first.missing())
                    .containsExactly(
                            new Missing(
                                    new Channel("logs:a:b"),
                                    beyond,
                                    new Cursor(log.epoch(), 0),
                                    "epoch"));
            assertThat(Lines.positions(subscription, 3)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aCursorOfAnotherLifeIsBoundedToo() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "1", "2", "3", "4", "5"));
        broker.publish(Lines.lines("logs:a:c", "6"));
        for (Start start :
                List.of(
                        new Start.After(new Cursor("another", 500), 2),
                        new Start.After(new Cursor(log.epoch(), 500), 2),
                        new Start.Since(new Cursor(log.epoch(), 4), 1, 2))) {
            try (var subscription = broker.subscribe(Lines.patterns("logs:*"), start)) {
                assertThat(subscription.missingAtStart())
                        .extracting(Missing::reason, m -> m.channel().name())
                        .containsExactly(
                                tuple("epoch", "logs:a:b"),
                                tuple("epoch", "logs:a:c"),
                                tuple("skipped", "logs:a:b"));
                assertThat(subscription.missingAtStart().getLast().to().position()).isEqualTo(3);
                assertThat(Lines.positions(subscription, 3)).containsExactly(4L, 5L, 6L);
            }
        }
    }

    @Test
    void endsWhenItIsClosedByAnotherThread() throws Exception {
        var subscription = broker.subscribe(Lines.patterns("logs:*"), now());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Batch> read =
                    threads.submit(
                            () -> subscription.next(1_000, Long.MAX_VALUE, Duration.ofMinutes(5)));
            subscription.close();

            assertThat(read.get().isEmpty()).isTrue();
        }
    }

    /** Writers and readers at once; readers begin anywhere, the tail is too small for most. */
    @ParameterizedTest
    @ValueSource(longs = {1, 500, 20_000})
    void everyReaderGetsEveryEntryOfItsChannelsOnceAndInOrder(long tailBytes) throws Exception {
        int publishers = 4;
        int each = 150;
        var expected = new ConcurrentSkipListSet<Long>();
        try (Broker busy = broker(tailBytes);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int p = 0; p < publishers; p++) {
                var random = new Random(p);
                work.add(
                        threads.submit(() -> {
                            for (int i = 0; i < each; i++) {
                                String channel = "logs:a:" + random.nextInt(12);
                                int size = 1 + random.nextInt(3);
                                String[] messages = new String[size];
                                Arrays.fill(messages, "x".repeat(random.nextInt(80)));
                                long last = busy.publish(Lines.lines(channel, messages)).position();
                                if (channel.endsWith("1")) {
                                    LongStream.rangeClosed(last - size + 1, last)
                                            .forEach(expected::add);
                                }
                            }
                        }));
            }
            List<Future<List<Long>>> readers = new ArrayList<>();
            for (int r = 0; r < 8; r++) {
                int seed = r;
                readers.add(threads.submit(() -> follow(busy, seed)));
            }
            for (Future<?> publisher : work) {
                publisher.get();
            }
            busy.publish(Lines.lines("logs:a:end-1", "end"));
            expected.add(log.newest());
            for (Future<List<Long>> reader : readers) {
                assertThat(reader.get()).containsExactlyElementsOf(expected);
            }
        }
    }

    /** Reads with interruptions: leaves after a while and comes back with its position. */
    private List<Long> follow(Broker from, int seed) throws InterruptedException {
        var random = new Random(seed);
        List<Long> seen = new ArrayList<>();
        while (true) {
            var start =
                    new Start.After(new Cursor(log.epoch(), seen.isEmpty() ? 0 : seen.getLast()));
            try (var subscription = from.subscribe(Lines.patterns("logs:a:*1"), start)) {
                int reads = 1 + random.nextInt(20);
                for (int i = 0; i < reads; i++) {
                    Batch batch =
                            subscription.next(
                                    1 + random.nextInt(2_000), Long.MAX_VALUE, Lines.SOON);
                    for (Frame frame : batch.frames()) {
                        seen.add(frame.position());
                        if (frame.channel().name().equals("logs:a:end-1")) {
                            return seen;
                        }
                    }
                }
            }
        }
    }

    @Test
    void manyReadersOfAQuietChannelAreNotKeptFromIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> readers = new ArrayList<>();
            List<Subscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                var subscription = broker.subscribe(Lines.patterns("runs:a:b"), now());
                subscriptions.add(subscription);
                readers.add(threads.submit(() -> Lines.positions(subscription, 1)));
            }
            broker.publish(Lines.lines("runs:a:b", "for all"));
            for (Future<List<Long>> reader : readers) {
                assertThat(reader.get()).containsExactly(1L);
            }
            subscriptions.forEach(Subscription::close);
        }
        await().untilAsserted(() -> assertThat(broker.backlog()).isZero());
    }
}
