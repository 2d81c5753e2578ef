package io.tailrace.server.runs;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Subject;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.MalformedEventException;

import java.time.Instant;
import java.util.List;

/**
 * The runs' state kept beside the log, so that a start need not fold everything again. It is
 * written as the snapshot event that readers get; one that cannot be used is passed over.
 */
final class Checkpoint {

    static final String NOTE = "runs";
    private static final System.Logger LOG = System.getLogger(Checkpoint.class.getName());

    private Checkpoint() {}

    /** The last one that was written; an empty state at 0 when there is none to go on from. */
    static RunsSnapshot load(EventLog log) {
        byte[] json = log.note(NOTE).orElse(null);
        if (json != null) {
            try {
                if (EventCodec.decode(json) instanceof Event.Snapshot snapshot
                        && snapshot.cursor().epoch().equals(log.epoch())
                        && snapshot.cursor().position() <= log.newest()) {
                    return new RunsSnapshot(snapshot.cursor().position(), snapshot.runs());
                }
                LOG.log(
                        System.Logger.Level.INFO,
                        "The stored state of runs belongs to another log; it is folded again.");
            } catch (MalformedEventException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The stored state of runs is damaged; it is folded again. "
                                + e.getMessage());
            }
        }
        return new RunsSnapshot(0, List.of());
    }

    static void store(EventLog log, RunsSnapshot snapshot) {
        Header header = Header.of(Channel.session("gateway"), Instant.EPOCH, Subject.NONE);
        Cursor cursor = new Cursor(log.epoch(), snapshot.position());
        log.putNote(NOTE, EventCodec.encode(new Event.Snapshot(header, cursor, snapshot.runs())));
    }
}
