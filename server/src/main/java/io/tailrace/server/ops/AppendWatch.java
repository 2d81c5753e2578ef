package io.tailrace.server.ops;

import io.tailrace.server.broker.BrokerObserver;

import java.time.Clock;

/** Keeps the rate of what the broker stores, and tells the next observer. On the writer thread. */
public record AppendWatch(BrokerObserver next, PublishRate rate, Clock clock)
        implements BrokerObserver {

    @Override
    public void appended(int entries, long bytes, long nanos) {
        rate.stored(entries, clock.millis());
        next.appended(entries, bytes, nanos);
    }

    @Override
    public void appendFailed(int entries) {
        next.appendFailed(entries);
    }
}
