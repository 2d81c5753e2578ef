package io.tailrace.demo.pipeline;

import io.tailrace.publisher.LogContext;
import io.tailrace.publisher.RunScope;
import io.tailrace.publisher.TaskScope;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What an attempt of a task works with: commands come in, progress goes out. */
final class TaskContext {

    private static final long PROGRESS_INTERVAL =
            500_000_000L; // two a second are enough for people

    private final RunScope run;
    private final TaskScope scope;
    private final RunGate gate;
    private final Meter meter;

    // under this
    private long total = 1;
    private long done;
    private long rows;
    private long toldAt = System.nanoTime() - PROGRESS_INTERVAL;

    TaskContext(RunScope run, TaskScope scope, RunGate gate, Meter meter) {
        this.run = run;
        this.scope = scope;
        this.gate = gate;
        this.meter = meter;
    }

    RunScope run() {
        return run;
    }

    RunGate gate() {
        return gate;
    }

    Meter meter() {
        return meter;
    }

    int attempt() {
        return scope.attempt();
    }

    /** How many pieces of work there are. */
    synchronized void total(long pieces) {
        total = Math.max(1, pieces);
    }

    /** Some work is done; people are told at most twice a second. */
    synchronized void advance(long pieces, long moreRows, String message) {
        done += pieces;
        rows += moreRows;
        long now = System.nanoTime();
        if (now - toldAt >= PROGRESS_INTERVAL) {
            toldAt = now;
            scope.progress(100.0 * done / total, rows, message);
        }
    }

    /** Work on one item. */
    interface Work<T> {
        void on(T item) throws Exception;
    }

    /**
     * Works through a list on several threads, at most so many items a second, until all are done,
     * one fails, or the run is cancelled.
     */
    <T> void forEach(List<T> items, int workers, Pace pace, Work<T> work) throws Exception {
        total(items.size());
        Iterator<T> left = items.iterator();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers, this::worker)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                all.add(pool.submit(() -> drain(left, pace, work)));
            }
            try {
                for (Future<?> each : all) {
                    each.get();
                }
            } finally {
                pool.shutdownNow(); // when one failed, the others need not go on
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private <T> Object drain(Iterator<T> items, Pace pace, Work<T> work) throws Exception {
        try (LogContext _ = scope.logContext()) {
            while (true) {
                T item;
                synchronized (items) {
                    if (!items.hasNext()) {
                        return "done";
                    }
                    item = items.next();
                }
                gate.sleep(pace.turn());
                work.on(item);
            }
        }
    }

    private Thread worker(Runnable work) {
        return Thread.ofPlatform().name(scope.name() + "-", 1).daemon().unstarted(work);
    }
}
