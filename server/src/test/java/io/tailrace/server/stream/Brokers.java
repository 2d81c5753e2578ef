package io.tailrace.server.stream;

import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.eventlog.MemoryEventLog;

import java.time.Clock;
import java.util.List;

/** Real brokers for tests. */
final class Brokers {

    private Brokers() {}

    /** With a log of its own in memory. */
    static Broker inMemory() {
        return new Broker(
                new MemoryEventLog(),
                BrokerOptions.DEFAULT,
                Clock.systemUTC(),
                BrokerObserver.NONE,
                List.of());
    }
}
