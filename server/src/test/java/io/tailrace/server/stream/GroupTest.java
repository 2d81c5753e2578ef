package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** When a pass waits for more. */
class GroupTest {

    private static final Channel CHANNEL = new Channel("logs:a:b");

    private final Broker broker = Brokers.inMemory();
    private final PumpWatch pumps =
            new PumpWatch(SessionOptions.DEFAULT, new CountingObserver(), Clock.systemUTC());
    private final Subscription subscription =
            broker.subscribe(
                    List.of(ChannelPattern.parse(CHANNEL.name())),
                    new Start.At(broker.newest().position()));
    private final Group group = new Group(subscription.audience(), pumps.all().getFirst());

    @AfterEach
    void close() {
        pumps.close();
        subscription.close();
        broker.close();
    }

    private void riders(int count) {
        for (int i = 0; i < count; i++) {
            var out = new FrameWriter(() -> new OutputWire(OutputStream.nullOutputStream()), null);
            group.add(new Rider(subscription, out, new Nowhere(), () -> new byte[0]));
        }
    }

    private static final class Nowhere implements Outlet {
        @Override
        public void send(byte[] chunks) {}

        @Override
        public void close() {}
    }

    /** A pass in which one write carries so many entries. */
    private void pass(int entries) {
        long before = broker.newest().position();
        Header header = Header.of(CHANNEL, Instant.EPOCH, Subject.NONE);
        broker.publish(
                Collections.nCopies(entries, new Event.Log(header, Level.INFO, "x", null, null)));
        group.begin();
        assertThat(group.after(before)).isNotNull();
        group.passed();
    }

    @Test
    void whilePublishersAreAheadItWaitsForMore() {
        riders(16);
        assertThat(group.patience()).isZero();
        pass(3);
        assertThat(group.patience()).isPositive().isLessThanOrEqualTo(1_000_000);
    }

    @Test
    void anEntryThatComesAloneNeverWaits() {
        riders(16);
        pass(3);
        pass(1);
        assertThat(group.patience()).isZero();
    }

    @Test
    void forFewReadersNothingIsWonByWaiting() {
        riders(15);
        pass(3);
        assertThat(group.patience()).isZero();
    }
}
