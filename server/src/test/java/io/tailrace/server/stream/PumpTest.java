package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread that writes for many, and what may happen to it. */
class PumpTest {

    private static final Channel CHANNEL = new Channel("logs:a:b");

    private final Broker broker = Brokers.inMemory();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean dies = new AtomicBoolean();
    private final PumpWatch pumps =
            new PumpWatch(SessionOptions.DEFAULT, observer(), Clock.systemUTC());
    private final Pump pump = pumps.all().getFirst();
    private final List<Subscription> open = new ArrayList<>();

    private SessionObserver observer() {
        return new CountingObserver() {
            @Override
            public void pumpFailed() {
                failures.incrementAndGet();
                if (dies.getAndSet(false)) {
                    throw new AssertionError("nothing works any more");
                }
            }
        };
    }

    @AfterEach
    void close() {
        pumps.close();
        open.forEach(Subscription::close);
        broker.close();
    }

    private void publish(String message) {
        broker.publish(
                List.of(
                        new Event.Log(
                                Header.of(CHANNEL, Instant.EPOCH, Subject.NONE),
                                Level.INFO,
                                message,
                                null,
                                null)));
    }

    private Rider ride(Outlet outlet, byte[] heartbeat) {
        Subscription subscription =
                broker.subscribe(
                        List.of(ChannelPattern.parse(CHANNEL.name())),
                        new Start.At(broker.newest().position()));
        open.add(subscription);
        var out = new FrameWriter(() -> new OutputWire(OutputStream.nullOutputStream()), null);
        Rider rider =
                new Rider(
                        subscription,
                        out,
                        outlet,
                        () -> {
                            if (heartbeat.length == 0) {
                                throw new AssertionError("no heartbeat");
                            }
                            return heartbeat;
                        });
        pump.ride(rider);
        return rider;
    }

    /** A reader that takes nothing until it may. */
    private static final class Reader implements Outlet {
        private final CountDownLatch mayGo;
        private final Queue<String> got = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        Reader(CountDownLatch mayGo) {
            this.mayGo = mayGo;
        }

        Reader() {
            this(new CountDownLatch(0));
        }

        @Override
        public void send(byte[] ready) {
            try {
                mayGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            got.add(new String(ready, StandardCharsets.UTF_8));
        }

        boolean has(String message) {
            return got.stream().anyMatch(sent -> sent.contains(message));
        }

        @Override
        public void close() {
            closed = true;
            mayGo.countDown();
        }
    }

    /** As when a network is gone for a moment: all block, and all go on. */
    @Test
    void aMomentInWhichManyReadersTakeNothingEndsNobody() {
        var network = new CountDownLatch(1);
        List<Reader> readers = new ArrayList<>();
        List<Rider> riders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readers.add(new Reader(network));
            riders.add(ride(readers.getLast(), new byte[] {'\n'}));
        }
        publish("for all");
        await().until(() -> riders.stream().allMatch(rider -> pumps.stuck(rider, 0)));

        assertThat(readers).noneMatch(reader -> reader.closed);
        network.countDown();
        await().until(() -> readers.stream().allMatch(reader -> reader.has("for all")));
        await().until(() -> riders.stream().allMatch(r -> r.end() == Rider.End.SLOW));
    }

    @Test
    void anErrorInAWriteConcernsItsReaderOnly() {
        Rider broken =
                ride(
                        new Outlet() {
                            @Override
                            public void send(byte[] ready) {
                                throw new AssertionError("a bug");
                            }

                            @Override
                            public void close() {}
                        },
                        new byte[] {'\n'});
        var other = new Reader();
        ride(other, new byte[] {'\n'});
        publish("one");
        await().until(() -> other.has("one"));
        publish("two");

        await().until(() -> other.has("two"));
        assertThat(broken.end()).isEqualTo(Rider.End.FAILED);
        assertThat(failures).hasValue(0);
    }

    @Test
    void aPumpThatFailsIsCountedAndGoesOn() {
        var reader = new Reader();
        Rider rider = ride(reader, new byte[0]);
        pump.beat(rider);
        await().until(() -> rider.end() == Rider.End.BROKEN);
        var next = new Reader();
        ride(next, new byte[] {'\n'});
        publish("go on");

        await().until(() -> next.has("go on"));
        await().until(() -> failures.get() == 1);
    }

    @Test
    void aPumpThatHasLostItsThreadGetsAnother() {
        dies.set(true);
        Rider rider = ride(new Reader(), new byte[0]);
        pump.beat(rider);
        await().dontCatchUncaughtExceptions().until(() -> failures.get() == 2);
        var next = new Reader();
        ride(next, new byte[] {'\n'});
        publish("go on");

        await().until(() -> next.has("go on"));
        assertThat(rider.end()).isEqualTo(Rider.End.BROKEN);
    }

    @Test
    void theCheckNoticesWhetherItsEventComesThroughEveryPump() throws Exception {
        var check = new LiveCheck(pumps.all(), broker);
        try (LiveCheck.Reader reader = check.read(CHANNEL)) {
            publish("canary");
            assertThat(reader.await(broker.newest(), Duration.ofSeconds(10))).isEmpty();
        }
        pumps.close();
        try (LiveCheck.Reader reader = check.read(CHANNEL)) {
            publish("canary");
            assertThat(reader.await(broker.newest(), Duration.ofMillis(50)).orElseThrow())
                    .contains("did not come through a pump");
        }
    }
}
