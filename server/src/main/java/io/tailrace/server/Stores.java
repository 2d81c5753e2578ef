package io.tailrace.server;

import io.tailrace.server.access.SessionBook;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.eventlog.RocksDbEventLog;
import io.tailrace.server.eventlog.RocksDbOptions;
import io.tailrace.server.settings.Settings;

import java.time.Clock;
import java.util.Optional;

/** Opens what the settings name, and shows parts of it to those who need no more. */
final class Stores {

    private Stores() {}

    static EventLog open(Settings settings) {
        if (settings.store().memory()) {
            return new MemoryEventLog();
        }
        var options = RocksDbOptions.DEFAULT.withSync(settings.store().sync());
        try {
            return RocksDbEventLog.open(settings.store().data(), options, Clock.systemUTC());
        } catch (EventLogException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    static SessionBook.Notes notes(EventLog log) {
        return new SessionBook.Notes() {
            @Override
            public Optional<byte[]> note(String name) {
                return log.note(name);
            }

            @Override
            public void putNote(String name, byte[] value) {
                log.putNote(name, value);
            }
        };
    }
}
