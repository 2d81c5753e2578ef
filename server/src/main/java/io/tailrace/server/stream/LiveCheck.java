package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tries whether what is published reaches those readers for whom pumps write, so that no pump can
 * die silently. Thread-safe.
 */
public final class LiveCheck {

    private final List<Pump> pumps;
    private final Broker broker;

    LiveCheck(List<Pump> pumps, Broker broker) {
        this.pumps = pumps;
        this.broker = broker;
    }

    /** Begins to read that channel through every pump. The thread that calls this goes on alone. */
    public Reader read(Channel channel) {
        List<ChannelPattern> patterns = List.of(ChannelPattern.parse(channel.name()));
        return new Reader(pumps.stream().map(pump -> new Canary(pump, patterns)).toList());
    }

    /** Reads like the streams of sessions, one for each pump. Of the thread that made it. */
    public static final class Reader implements AutoCloseable {

        private final List<Canary> canaries;

        private Reader(List<Canary> canaries) {
            this.canaries = canaries;
        }

        /**
         * Waits until the entry came through every pump.
         *
         * @return a sentence when it did not in time
         */
        public Optional<String> await(Cursor entry, Duration patience) throws InterruptedException {
            long deadline = System.nanoTime() + patience.toNanos();
            for (Canary canary : canaries) {
                if (!canary.await(entry, deadline)) {
                    return Optional.of(
                            "An event of its own was stored, but did not come through a pump, which"
                                    + " writes for most streams: nothing may reach them.");
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            canaries.forEach(Canary::close);
        }
    }

    /** A rider without a connection. */
    private final class Canary implements Outlet, AutoCloseable {

        private final Pump pump;
        private final Subscription subscription;
        private final Rider rider;
        private final Queue<String> got = new ConcurrentLinkedQueue<>();

        Canary(Pump pump, List<ChannelPattern> patterns) {
            this.pump = pump;
            var start = new Start.At(broker.newest().position());
            subscription = broker.subscribe(patterns, start);
            var out = new FrameWriter(() -> new OutputWire(OutputStream.nullOutputStream()), null);
            rider = new Rider(subscription, out, this, () -> new byte[] {'\n'});
            pump.ride(rider);
        }

        @Override
        public void send(byte[] ready) {
            got.add(new String(ready, StandardCharsets.UTF_8));
            rider.wakeOwner();
        }

        @Override
        public boolean counts() {
            return false;
        }

        /** One that the pump has handed back for a usual reason proves as much. */
        boolean await(Cursor entry, long deadline) throws InterruptedException {
            String id = "id: " + entry + "\n";
            return rider.await(
                    () -> got.stream().anyMatch(sent -> sent.contains(id)) || backAsUsual(),
                    deadline);
        }

        private boolean backAsUsual() {
            return switch (rider.end()) {
                case BEHIND, SLOW -> true;
                case CALLED, FAILED, BROKEN -> false;
                case null -> false;
            };
        }

        @Override
        public void close() {
            pump.letDown(rider);
            subscription.close();
        }
    }
}
