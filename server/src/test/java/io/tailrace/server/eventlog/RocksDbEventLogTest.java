package io.tailrace.server.eventlog;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

final class RocksDbEventLogTest extends TrimContract {

    @TempDir Path directory;

    @Override
    EventLog open() {
        return RocksDbEventLog.open(
                directory.resolve("log"), RocksDbOptions.DEFAULT.withReceipts(LIMITS), clock);
    }
}
