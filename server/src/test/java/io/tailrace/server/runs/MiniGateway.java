package io.tailrace.server.runs;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.wire.EventCodec;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A log and the runs folded from it: what publishing does in the gateway, on the caller's thread.
 */
public final class MiniGateway implements AutoCloseable {

    public final EventLog log;
    private @Nullable RunProjection runs;

    public MiniGateway() {
        this(new MemoryEventLog());
    }

    public MiniGateway(EventLog log) {
        this.log = log;
    }

    /** The projection; it begins when somebody asks for it first. */
    public synchronized RunProjection runs() {
        if (runs == null) {
            runs = new RunProjection(log);
        }
        return runs;
    }

    public synchronized Cursor publish(Event event) {
        long position =
                log.append(
                        List.of(
                                new NewEntry(
                                        event.channel(),
                                        event.kind(),
                                        1,
                                        EventCodec.encode(event))),
                        Map.of());
        Cursor cursor = new Cursor(log.epoch(), position);
        if (runs != null) {
            runs.accept(List.of(new Entry(cursor, event)));
        }
        return cursor;
    }

    public List<Cursor> publish(List<Event> events) {
        List<Cursor> cursors = new ArrayList<>();
        events.forEach(event -> cursors.add(publish(event)));
        return cursors;
    }

    /** Stops the projection and begins it again, as a restart of the gateway does. */
    public synchronized RunProjection restart() {
        if (runs != null) {
            runs.close();
        }
        runs = null;
        return runs();
    }

    @Override
    public synchronized void close() {
        if (runs != null) {
            runs.close();
        }
        log.close();
    }
}
