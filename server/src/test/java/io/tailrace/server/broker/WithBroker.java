package io.tailrace.server.broker;

import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.MemoryEventLog;

import org.junit.jupiter.api.AfterEach;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A broker on a log in memory, with enough of the latest entries in memory for most tests. */
class WithBroker {

    final EventLog log = new MemoryEventLog();
    final Broker broker = broker(1 << 20);

    /** Another one on the same log; so many bytes of frames stay in memory. */
    final Broker broker(long tailBytes) {
        var options = new BrokerOptions(tailBytes, 1 << 20, 10_000, Duration.ofSeconds(10), 1_000);
        return new Broker(log, options, Clock.systemUTC(), BrokerObserver.NONE, List.of());
    }

    final Start now() {
        return new Start.At(broker.newest().position());
    }

    static Interest in(String... patterns) {
        return Interest.in(Lines.patterns(patterns));
    }

    @AfterEach
    void close() {
        broker.close();
        log.close();
    }
}
