package io.tailrace.server.openlineage;

import io.tailrace.model.RunKey;
import io.tailrace.server.openlineage.LineageEvent.Ancestor;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which run of ours a run of OpenLineage belongs to. People watch what was started as a whole (a
 * DAG, a dbt command, a Spark application), so that is the run, and everything below it, however
 * deep, is a task of it; another run of the same job below it is the task's next attempt.
 *
 * <p>Events name their parent, newer ones also their root. Where the root is missing, what was
 * heard of the parent says what it belongs to. Remembered are the newest 100,000 runs, by who told
 * of them: nobody can move the runs of others. Thread-safe.
 */
final class Family {

    private static final int MOST = 100_000;
    private static final int MOST_RUNS_OF_TASK = 200;
    private static final int MOST_ATTEMPTS = 1_000_000;

    private final WorkflowNames names;
    private final Recall recall;

    // Guarded by this.
    private final Map<String, Place> places = newest();
    private final Map<Task, Attempts> attempts = newest();

    /** What is known of a task that this process may have heard nothing of. */
    @FunctionalInterface
    interface Recall {
        /** Its attempts by the ids of their runs. */
        Map<String, Integer> attempts(RunKey key, String task);
    }

    private record Task(RunKey key, String name) {}

    /** The newest attempts of a task by the ids of their runs. Guarded by its family. */
    private static final class Attempts {
        private final Map<String, Integer> byRun = new LinkedHashMap<>();
        private int highest;

        Attempts(Map<String, Integer> known) {
            byRun.putAll(known);
            known.values().forEach(number -> highest = Math.max(highest, number));
        }

        int of(String run) {
            Integer known = byRun.get(run);
            if (known != null) {
                return known;
            }
            highest = Math.min(highest + 1, MOST_ATTEMPTS);
            byRun.put(run, highest);
            if (byRun.size() > MOST_RUNS_OF_TASK) {
                byRun.remove(byRun.keySet().iterator().next());
            }
            return highest;
        }
    }

    Family(WorkflowNames names, Recall recall) {
        this.names = names;
        this.recall = recall;
    }

    private static <K, V> Map<K, V> newest() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /**
     * Where an event about a run belongs.
     *
     * @param teller who tells of it
     * @param run its id
     */
    synchronized Place place(String teller, LineageEvent event, String run) {
        String id = teller + "\n" + run;
        Ancestor root = event.root() == null ? event.parent() : event.root();
        Place known = places.get(id);
        if (known != null && (root == null || known.task() != null)) {
            return known;
        }
        Place place = root == null ? top(event, run) : below(teller, event, run, root);
        places.put(id, place);
        return place;
    }

    /** Where events about a run belong that were heard already; null when none was. */
    synchronized @Nullable Place known(String teller, String run) {
        return places.get(teller + "\n" + run);
    }

    private Place top(LineageEvent event, String run) {
        var where = names.of(event.name());
        RunKey key = new RunKey(where.workspace(), where.workflow(), run);
        return new Place(key, event.name().name(), null, null);
    }

    private Place below(String teller, LineageEvent event, String run, Ancestor root) {
        Place parent = event.root() == null ? places.get(teller + "\n" + root.run()) : null;
        var where = names.of(root.job());
        RunKey key =
                parent == null
                        ? new RunKey(where.workspace(), where.workflow(), root.run())
                        : parent.key();
        String job = parent == null ? root.job().name() : parent.job();
        String task = TaskNames.of(event, job);
        return new Place(key, job, task, attempt(event, new Task(key, task), run));
    }

    /** Airflow says which try it is; otherwise the runs are counted. */
    private int attempt(LineageEvent event, Task task, String run) {
        OptionalLong said =
                Lookup.count(
                        Lookup.object(event.runFacets(), "airflow", "taskInstance"), "try_number");
        if (said.isPresent() && said.getAsLong() >= 1 && said.getAsLong() <= MOST_ATTEMPTS) {
            return (int) said.getAsLong();
        }
        return attempts.computeIfAbsent(task, t -> new Attempts(recall.attempts(t.key(), t.name())))
                .of(run);
    }
}
