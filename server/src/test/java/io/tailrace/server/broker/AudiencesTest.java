package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Readers who come and change while there is something to do. */
class AudiencesTest extends WithBroker {

    /** It takes as long as it takes to find out which channels they are: nobody else waits. */
    @Test
    void whoeverLooksAtAllChannelsHoldsUpNobody() throws Exception {
        broker.publish(Lines.lines("logs:a:old", "1"));
        var looking = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow =
                new Interest(
                        Lines.patterns("logs:*"),
                        channel -> {
                            if (channel.name().endsWith("old")) {
                                looking.countDown();
                                unlock(goOn);
                            }
                            return true;
                        },
                        100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var other = broker.subscribe(in("logs:a:old"), now())) {
            Future<Subscription> coming =
                    threads.submit(() -> broker.subscribe(slow, new Start.At(1)));
            looking.await();
            broker.publish(Lines.lines("logs:a:old", "2"));
            broker.publish(Lines.lines("logs:a:new", "3"));
            assertThat(Lines.positions(other, 1)).containsExactly(2L);
            try (var same = broker.subscribe(in("logs:a:old"), now())) {
                assertThat(same.audience()).isSameAs(other.audience());
            }
            goOn.countDown();

            try (Subscription come = coming.get()) {
                assertThat(Lines.positions(come, 2)).containsExactly(2L, 3L);
            }
        }
    }

    private static void unlock(CountDownLatch goOn) {
        try {
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Those who come meanwhile with the same wish wait for it, and do not look themselves. */
    @Test
    void manyWithTheSameWishLookOnce() throws Exception {
        broker.publish(Lines.lines("logs:a:b", "1"));
        var asked = new AtomicInteger();
        var wish = new Interest(Lines.patterns("logs:*"), _ -> asked.incrementAndGet() > 0, 100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Subscription>> coming = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                coming.add(threads.submit(() -> broker.subscribe(wish, now())));
            }
            for (Future<Subscription> each : coming) {
                assertThat(each.get().channels()).containsExactly(new Channel("logs:a:b"));
            }
            assertThat(asked).hasValue(1);
            for (Future<Subscription> each : coming) {
                each.get().close();
            }
        }
    }

    @Test
    void oneWhoseRuleFailsIsToldAndHarmsNobodyWithTheSameWish() {
        broker.publish(Lines.lines("logs:a:b", "1"));
        var first = new AtomicInteger();
        var wish =
                new Interest(
                        Lines.patterns("logs:*"),
                        _ -> {
                            if (first.getAndIncrement() == 0) {
                                throw new IllegalStateException("once");
                            }
                            return true;
                        },
                        100);
        assertThatThrownBy(() -> broker.subscribe(wish, now())).hasMessage("once");
        try (var second = broker.subscribe(wish, now())) {
            assertThat(second.channels()).hasSize(1);
        }
    }

    /** While readers come, go and change, every entry of what they keep comes once. */
    @Test
    void nothingIsLostWhileOthersComeAndGo() throws Exception {
        for (int i = 0; i < 600; i++) {
            broker.publish(Lines.lines("logs:a:" + i, "x"));
        }
        var stop = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> restless = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                restless.add(threads.submit(() -> comeAndGo(number, stop)));
            }
            for (int round = 0; round < 50; round++) {
                try (var reader = broker.subscribe(in("logs:a:" + (round % 7) + "*"), now())) {
                    long last = 0;
                    for (int i = 0; i < 5; i++) {
                        String channel = "logs:a:" + (round % 7) + "n" + round + "-" + i % 2;
                        last = broker.publish(Lines.lines(channel, "y")).position();
                    }
                    assertThat(Lines.positions(reader, 5)).hasSize(5).endsWith(last);
                }
            }
            stop.countDown();
            for (Future<?> each : restless) {
                each.get();
            }
        }
    }

    private Void comeAndGo(int number, CountDownLatch stop) throws InterruptedException {
        for (int i = 0; stop.getCount() > 0; i++) {
            try (var restless = broker.subscribe(in("logs:a:*", "runs:a:" + number), now())) {
                restless.change(in("logs:*", "metrics:" + i), now());
            }
        }
        return null;
    }

    @Test
    void aChannelTooManyIsToldAndNotSent() throws Exception {
        broker.publish(Lines.lines("logs:a:1", "1"));
        var two = new Interest(Lines.patterns("logs:*"), _ -> true, 2);
        try (var reader = broker.subscribe(two, now())) {
            broker.publish(Lines.lines("logs:a:2", "2"));
            broker.publish(Lines.lines("logs:a:3", "3"));
            broker.publish(Lines.lines("logs:a:1", "4"));
            List<Missing> missing = new ArrayList<>();
            List<Long> positions = new ArrayList<>();
            while (positions.size() < 2) {
                Batch batch = reader.next(10_000, Long.MAX_VALUE, Lines.SOON);
                missing.addAll(batch.missing());
                batch.frames().forEach(frame -> positions.add(frame.position()));
            }

            assertThat(positions).containsExactly(2L, 4L);
            assertThat(missing).extracting(Missing::reason).containsExactly("limit");
            assertThat(missing.getFirst().channel()).isEqualTo(new Channel("logs:a:3"));

            broker.publish(Lines.lines("logs:a:3", "5"));
            assertThat(reader.next(10_000, Long.MAX_VALUE, Lines.NOW).isEmpty()).isTrue();
            assertThat(reader.lag()).isZero();
        }
    }

    @Test
    void aWaitingReaderHearsOfAChannelTooMany() throws Exception {
        var none = new Interest(Lines.patterns("logs:*"), _ -> true, 0);
        try (var reader = broker.subscribe(none, now());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Batch> read =
                    threads.submit(() -> reader.next(1_000, Long.MAX_VALUE, Duration.ofMinutes(1)));
            broker.publish(Lines.lines("logs:a:1", "1"));

            await().until(read::isDone);
            assertThat(read.get().missing()).hasSize(1);
            assertThat(reader.change(none, now()).channels()).isEqualTo(Set.of());
            assertThat(reader.next(1_000, Long.MAX_VALUE, Lines.NOW).missing()).isEmpty();
        }
    }
}
