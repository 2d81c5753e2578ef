package io.tailrace.server.ops;

import io.tailrace.server.broker.BrokerObserver;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Keeps time and rate of what the broker stores, and tells the next observer. On the writer thread.
 *
 * @param newest the newest position of the log
 */
public record AppendWatch(
        BrokerObserver next, LongSupplier newest, Timeline timeline, PublishRate rate, Clock clock)
        implements BrokerObserver {

    @Override
    public void appended(int entries, long bytes, long nanos) {
        long now = clock.millis();
        timeline.stored(newest.getAsLong() - entries + 1, now);
        rate.stored(entries, now);
        next.appended(entries, bytes, nanos);
    }

    @Override
    public void appendFailed(int entries) {
        next.appendFailed(entries);
    }
}
