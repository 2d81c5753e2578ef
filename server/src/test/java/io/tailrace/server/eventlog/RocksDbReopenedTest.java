package io.tailrace.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The whole contract again, with the log closed and opened after every write. */
final class RocksDbReopenedTest extends TrimContract {

    @TempDir Path directory;

    @Override
    EventLog open() {
        return RocksDbEventLog.open(
                directory, RocksDbOptions.DEFAULT.withReceipts(LIMITS).withSync(false), clock);
    }

    @Override
    EventLog afterWrite(EventLog written) {
        String epoch = written.epoch();
        written.close();
        EventLog opened = open();
        assertThat(opened.epoch()).isEqualTo(epoch);
        return opened;
    }
}
