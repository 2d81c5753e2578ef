package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of runs, folded from the entries of {@code runs:} and {@code logs:} channels in their
 * order. Gateway and console use this same class: a snapshot and the entries after it give the same
 * state as all entries.
 *
 * <p>The rules:
 *
 * <ul>
 *   <li>The channel says which workflow an entry belongs to, whatever the event claims. The first
 *       entry with a new run id begins a run, also a log line, so that plain publishers get a row
 *       too; the run has begun officially with {@code workflow_started}.
 *   <li>What ended stays ended: a run by {@code workflow_complete} (or {@code status} of the run),
 *       an attempt by {@code complete}, {@code error} or {@code status}. Only a failure that is
 *       reported later replaces another end, of a run or of an attempt that it names by its number.
 *       Nothing reopens a run; a retry is a new run.
 *   <li>Late, doubled and reordered events fill in what is missing and rewind nothing: progress and
 *       rows of an attempt only grow, events of earlier attempts leave the current one alone.
 *   <li>An event without an attempt's number is about the current attempt, or the next one when the
 *       last said that it will be retried.
 *   <li>When a run ends, its tasks that still ran count as succeeded with a run that succeeded,
 *       else as cancelled; tasks that never began count as skipped. What is reported later still
 *       counts.
 *   <li>A task's own events may name those that must be done first, in the member {@code after},
 *       where the plan does not.
 * </ul>
 *
 * <p>An entry costs constant time, whatever the number of tasks. Kept are the 200 newest finished
 * runs of each workflow, 5,000 finished ones in all, and 5,000 live ones; beyond that the live runs
 * that were not heard of the longest are forgotten.
 *
 * <p>Confined to one thread, or guarded by its owner. The states it gives are immutable.
 */
public final class RunTable {

    private static final int MAX_LIVE = 5_000;
    private static final Comparator<RunFold> NEWEST_FIRST =
            Comparator.comparing(RunFold::startedAt)
                    .reversed()
                    .thenComparing(run -> run.key.toString());
    private static final Comparator<Cursor> BY_POSITION =
            Comparator.comparingLong(Cursor::position).thenComparing(Cursor::epoch);

    private final int perWorkflow;
    private final int inAll;
    private final Map<RunKey, RunFold> runs = new HashMap<>();
    private final NavigableMap<Cursor, RunFold> finished = new TreeMap<>(BY_POSITION);
    private final Map<Workflow, NavigableMap<Cursor, RunFold>> finishedOf = new HashMap<>();
    private @Nullable List<RunState> list;
    private @Nullable Known last; // most entries are about the run of the one before

    private record Known(Channel channel, String run, @Nullable RunKey key) {}

    /** An empty table. */
    public RunTable() {
        this(200, 5_000);
    }

    /** For tests: with other bounds of what is kept of finished runs. */
    RunTable(int perWorkflow, int inAll) {
        this.perWorkflow = perWorkflow;
        this.inAll = inAll;
    }

    /**
     * Folds one entry.
     *
     * @return whether a run changed; false for entries about no run and for other channels
     */
    public boolean apply(Entry entry) {
        Event event = entry.event();
        RunKey key = key(event);
        if (key == null) {
            return false;
        }
        list = null;
        RunFold run = runs.get(key);
        if (run == null) {
            forgetSilentRuns();
            run = new RunFold(key, event.timestamp(), entry.cursor());
            runs.put(key, run);
        }
        Cursor before = run.endedBy();
        run.apply(entry.cursor(), event);
        if (!Objects.equals(before, run.endedBy())) {
            if (before != null) {
                finished.remove(before);
                finishedOf(run).remove(before);
            }
            finish(run);
        }
        return true;
    }

    /** The run of that key, if it is known. */
    public Optional<RunState> run(RunKey key) {
        return Optional.ofNullable(runs.get(key)).map(RunFold::state);
    }

    /** All runs, those that started last first. The list stays as it is when the table changes. */
    public List<RunState> runs() {
        if (list == null) {
            list = runs.values().stream().sorted(NEWEST_FIRST).map(RunFold::state).toList();
        }
        return list;
    }

    /** Forgets everything and goes on from a snapshot. */
    public void replaceAll(List<RunState> snapshot) {
        list = null;
        runs.clear();
        finished.clear();
        finishedOf.clear();
        for (RunState state : snapshot) {
            RunFold run = RunFold.of(state);
            runs.put(run.key, run);
        }
        for (RunFold run : List.copyOf(runs.values())) {
            if (run.endedBy() != null) {
                finish(run);
            }
        }
    }

    private void finish(RunFold run) {
        Cursor end = Objects.requireNonNull(run.endedBy());
        NavigableMap<Cursor, RunFold> same = finishedOf(run);
        finished.put(end, run);
        same.put(end, run);
        if (same.size() > perWorkflow) {
            forget(same.firstEntry().getValue());
        }
        if (finished.size() > inAll) {
            forget(finished.firstEntry().getValue());
        }
    }

    private void forget(RunFold run) {
        runs.remove(run.key);
        Cursor end = run.endedBy();
        if (end != null) {
            finished.remove(end);
            NavigableMap<Cursor, RunFold> same = finishedOf(run);
            same.remove(end);
            if (same.isEmpty()) {
                finishedOf.remove(Workflow.of(run.key));
            }
        }
    }

    /** Room for live runs; a tenth at once, so that one event costs little on average. */
    private void forgetSilentRuns() {
        if (runs.size() - finished.size() < MAX_LIVE) {
            return;
        }
        List<RunFold> live = new ArrayList<>(MAX_LIVE);
        for (RunFold run : runs.values()) {
            if (run.endedBy() == null) {
                live.add(run);
            }
        }
        live.sort(Comparator.comparing(RunFold::reportedBy, BY_POSITION));
        live.subList(0, MAX_LIVE / 10).forEach(this::forget);
    }

    private NavigableMap<Cursor, RunFold> finishedOf(RunFold run) {
        return finishedOf.computeIfAbsent(Workflow.of(run.key), _ -> new TreeMap<>(BY_POSITION));
    }

    private @Nullable RunKey key(Event event) {
        String run = event.subject().run();
        if (run == null || !(event instanceof Event.Published)) {
            return null;
        }
        Channel channel = event.channel();
        Known before = last;
        if (before != null && run.equals(before.run) && channel.equals(before.channel)) {
            return before.key;
        }
        RunKey key = key(channel, run);
        last = new Known(channel, run, key);
        return key;
    }

    private static @Nullable RunKey key(Channel channel, String run) {
        boolean folded = channel.type().equals("runs") || channel.type().equals("logs");
        String workspace = channel.workspace();
        String workflow = channel.workflow();
        return folded && workspace != null && workflow != null
                ? new RunKey(workspace, workflow, run)
                : null;
    }

    private record Workflow(String workspace, String workflow) {
        static Workflow of(RunKey key) {
            return new Workflow(key.workspace(), key.workflow());
        }
    }
}
