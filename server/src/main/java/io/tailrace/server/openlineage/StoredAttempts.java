package io.tailrace.server.openlineage;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which run of OpenLineage each attempt of a task was, as the log has it: what a gateway knows of
 * runs that began before it was started again. Thread-safe.
 */
public final class StoredAttempts implements Family.Recall {

    private static final long ENOUGH = 1 << 20;

    private final Function<RunKey, Optional<RunState>> runs;
    private final EventLog log;

    /** Looks into the state of runs and into the log. */
    public StoredAttempts(Function<RunKey, Optional<RunState>> runs, EventLog log) {
        this.runs = runs;
        this.log = log;
    }

    @Override
    public Map<String, Integer> attempts(RunKey key, String task) {
        Map<String, Integer> attempts = new HashMap<>();
        for (TaskState state : runs.apply(key).map(RunState::tasks).orElse(List.of())) {
            if (state.name().equals(task)) {
                for (AttemptState attempt : state.attempts()) {
                    Cursor by =
                            attempt.startedBy() == null ? attempt.endedBy() : attempt.startedBy();
                    attempts.put(run(key, by), attempt.number());
                }
            }
        }
        return attempts;
    }

    /** The run that an entry tells of; something that is no run's id when it is not known. */
    private String run(RunKey key, @Nullable Cursor by) {
        String unknown = "\n" + by;
        if (by == null || !by.epoch().equals(log.epoch())) {
            return unknown;
        }
        Channel channel = Channel.runs(key.workspace(), key.workflow());
        List<StoredEntry> found =
                log.read(List.of(channel), by.position() - 1, by.position(), 1, ENOUGH);
        if (found.isEmpty()) {
            return unknown;
        }
        try {
            Event event = found.getFirst().event(new EventParser());
            return event.header().fields().get("openlineage_run") instanceof String run
                    ? run
                    : unknown;
        } catch (MalformedEventException e) {
            return unknown;
        }
    }
}
