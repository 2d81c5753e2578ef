package io.tailrace.server.chat;

import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the stored entries that prove what is said. An entry is only cited after it was read and
 * found to say so; entries that are no longer kept prove nothing. Any thread.
 */
final class Evidence {

    private static final int LOOK_BACK = 2_000;
    private static final long MAX_BYTES = 8 << 20;

    private final EventLog log;

    Evidence(EventLog log) {
        this.log = log;
    }

    /** The entry at a cursor, when it is about the run and proves what is to be said. */
    Optional<Proof> at(RunKey run, @Nullable Cursor cursor, String label, Predicate<Event> proves) {
        if (cursor == null || !cursor.epoch().equals(log.epoch())) {
            return Optional.empty();
        }
        long position = cursor.position();
        return log.read(channels(run), position - 1, position, 1, MAX_BYTES).stream()
                .map(stored -> proof(stored, label))
                .flatMap(Optional::stream)
                .filter(proof -> run.run().equals(proof.event().subject().run()))
                .filter(proof -> proves.test(proof.event()))
                .findFirst();
    }

    /** The entry at a cursor or else, going back from it, the newest of the run that proves it. */
    Optional<Proof> near(
            RunState run, @Nullable Cursor cursor, String label, Predicate<Event> proves) {
        Optional<Proof> there = at(run.key(), cursor, label, proves);
        if (there.isPresent()) {
            return there;
        }
        long upTo = run.reportedBy().position();
        for (Channel channel : channels(run.key())) {
            long after = log.beforeNewest(channel, LOOK_BACK, upTo);
            List<StoredEntry> window =
                    log.read(List.of(channel), after, upTo, LOOK_BACK, MAX_BYTES);
            Optional<Proof> found =
                    window.reversed().stream()
                            .map(stored -> proof(stored, label))
                            .flatMap(Optional::stream)
                            .filter(p -> run.key().run().equals(p.event().subject().run()))
                            .filter(p -> proves.test(p.event()))
                            .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Channel> channels(RunKey run) {
        return List.of(
                Channel.runs(run.workspace(), run.workflow()),
                Channel.logs(run.workspace(), run.workflow()));
    }

    private Optional<Proof> proof(StoredEntry stored, String label) {
        try {
            Event event = stored.event(new EventParser());
            Cursor cursor = new Cursor(log.epoch(), stored.position());
            return Optional.of(new Proof(new Citation(stored.channel(), cursor, label), event));
        } catch (MalformedEventException e) {
            return Optional.empty();
        }
    }

    /** A citation and what stands there. */
    record Proof(Citation citation, Event event) {}
}
