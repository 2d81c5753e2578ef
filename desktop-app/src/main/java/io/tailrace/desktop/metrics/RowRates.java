package io.tailrace.desktop.metrics;

import io.tailrace.model.Channel;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows per second of runs, worked out of the rows that their tasks report: what came between two
 * reports is spread over the time between them, and the tasks of a run are summed.
 */
final class RowRates {

    private static final int MAX_COUNTERS = 20_000;
    private static final int MAX_RUNS = 200;

    private final Map<Part, Counter> counters = new Oldest<>(MAX_COUNTERS);
    private final Map<RunKey, Series> rates = new Oldest<>(MAX_RUNS);

    private record Part(RunKey run, String task, int attempt) {}

    private record Counter(Instant at, long rows) {}

    /** Takes what tasks report; returns whether a rate changed. */
    boolean apply(Entry entry) {
        Event event = entry.event();
        Subject subject = event.subject();
        RunKey run = run(event.channel(), subject);
        if (run == null || subject.task() == null) {
            return false;
        }
        int attempt = subject.attempt() == null ? 1 : subject.attempt();
        Part part = new Part(run, subject.task(), attempt);
        return switch (event) {
            case Event.Status status -> begins(part, status.timestamp());
            case Event.Progress progress -> reports(part, progress.timestamp(), progress.rows());
            case Event.Complete complete -> {
                boolean changed = reports(part, complete.timestamp(), complete.rows());
                counters.remove(part);
                yield changed;
            }
            case Event.Published _, Event.Control _ -> false;
        };
    }

    /** The rate of a run, or null when its tasks reported no rows. */
    @Nullable Series of(RunKey run) {
        return rates.get(run);
    }

    private boolean begins(Part part, Instant at) {
        counters.putIfAbsent(part, new Counter(at, 0));
        return false;
    }

    private boolean reports(Part part, Instant at, @Nullable Long rows) {
        Counter before = counters.get(part);
        if (before == null) {
            counters.put(part, new Counter(at, rows == null ? 0 : rows));
            return false;
        }
        if (rows == null || rows < before.rows() || at.isBefore(before.at())) {
            return false;
        }
        counters.put(part, new Counter(at, rows));
        spread(part.run(), before.at().getEpochSecond(), at.getEpochSecond(), rows - before.rows());
        return true;
    }

    /** The second of the first report belongs to what came before it, that of the last to this. */
    private void spread(RunKey run, long from, long to, long rows) {
        Series rate = rates.computeIfAbsent(run, _ -> new Series());
        if (to == from) {
            rate.add(to, (double) rows);
            return;
        }
        double each = (double) rows / (to - from);
        for (long second = Math.max(from, to - Series.CAPACITY) + 1; second <= to; second++) {
            rate.add(second, each);
        }
    }

    private static @Nullable RunKey run(Channel channel, Subject subject) {
        String workspace = channel.workspace();
        String workflow = channel.workflow();
        boolean runs = channel.type().equals("runs");
        return !runs || workspace == null || workflow == null || subject.run() == null
                ? null
                : new RunKey(workspace, workflow, subject.run());
    }

    /** Forgets what was put first. */
    private static final class Oldest<K, V> extends LinkedHashMap<K, V> {
        private final int max;

        Oldest(int max) {
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > max;
        }
    }
}
