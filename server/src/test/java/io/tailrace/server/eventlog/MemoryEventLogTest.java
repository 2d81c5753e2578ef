package io.tailrace.server.eventlog;

final class MemoryEventLogTest extends TrimContract {

    @Override
    EventLog open() {
        return new MemoryEventLog(clock, LIMITS);
    }
}
