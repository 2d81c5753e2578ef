package io.tailrace.demo.pipeline;

import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunStatus;
import io.tailrace.publisher.LogContext;
import io.tailrace.publisher.RunScope;
import io.tailrace.publisher.TaskScope;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs tasks as soon as those before them have succeeded, and tells how each attempt ended. */
final class Engine {

    private enum Outcome {
        SUCCEEDED,
        FAILED,
        SKIPPED,
        CANCELLED
    }

    private static final Logger LOG = LoggerFactory.getLogger("demo.Engine");
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final RunScope run;
    private final RunGate gate;
    private final Meter meter;
    private final List<Task> tasks;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();
    private final Map<String, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();

    /** An engine for one run; tasks stand after those they come after. */
    Engine(RunScope run, RunGate gate, Meter meter, List<Task> tasks) {
        this.run = run;
        this.gate = gate;
        this.meter = meter;
        this.tasks = tasks;
        tasks.forEach(task -> outcomes.put(task.name(), new CompletableFuture<>()));
    }

    /** What a run of these tasks is going to do. */
    static List<PlannedTask> plan(List<Task> tasks) {
        return tasks.stream().map(t -> new PlannedTask(t.name(), t.after())).toList();
    }

    /** Runs all tasks to their end, each on a thread of its own. */
    RunStatus run() {
        for (Task task : tasks) {
            Thread.ofPlatform().name(task.name()).daemon().start(() -> follow(task));
        }
        outcomes.values().forEach(CompletableFuture::join);
        if (outcomes.values().stream().anyMatch(o -> o.join() == Outcome.CANCELLED)) {
            return RunStatus.CANCELLED;
        }
        boolean failed = outcomes.values().stream().anyMatch(o -> o.join() == Outcome.FAILED);
        return failed ? RunStatus.FAILED : RunStatus.SUCCEEDED;
    }

    /** Why the run failed: the error of the task that failed first. */
    Optional<String> error() {
        return Optional.ofNullable(firstError.get());
    }

    private void follow(Task task) {
        Outcome outcome = Outcome.FAILED;
        try {
            outcome = ready(task) ? attempts(task) : Outcome.SKIPPED;
            int over = ended.incrementAndGet();
            if (gate.cancelled() == null) {
                run.progress(100.0 * over / tasks.size(), over + " of " + tasks.size() + " tasks");
            }
        } finally {
            outcome(task).complete(outcome); // last: the run ends with its last task
        }
    }

    private boolean ready(Task task) {
        for (String name : task.after()) {
            if (outcome(name).join() != Outcome.SUCCEEDED) {
                run.task(task.name()).skipped("Skipped because " + name + " did not succeed.");
                return false;
            }
        }
        return true;
    }

    private CompletableFuture<Outcome> outcome(Task task) {
        return outcome(task.name());
    }

    private CompletableFuture<Outcome> outcome(String name) {
        CompletableFuture<Outcome> outcome = outcomes.get(name);
        if (outcome == null) {
            throw new IllegalArgumentException("There is no task '" + name + "' to come after.");
        }
        return outcome;
    }

    private Outcome attempts(Task task) {
        TaskScope scope = run.task(task.name());
        Outcome outcome = Outcome.FAILED;
        for (int left = task.attempts(); left > 0 && outcome == Outcome.FAILED; left--) {
            outcome = attempt(task, scope.start(), left > 1);
        }
        return outcome;
    }

    private Outcome attempt(Task task, TaskScope scope, boolean another) {
        long start = System.nanoTime();
        try (LogContext _ = scope.logContext()) {
            try {
                gate.pass();
                if (scope.attempt() == 1) {
                    scope.explain(task.explanation().title(), task.explanation().content());
                }
                LOG.info("{} begins, attempt {}", task.name(), scope.attempt());
                long rows = task.run(new TaskContext(run, scope, gate, meter));
                double seconds = (System.nanoTime() - start) / 1e9;
                scope.metric("task.duration", seconds, "s");
                LOG.info("{} done: {} rows in {} s", task.name(), rows, seconds(seconds));
                scope.complete(rows);
                return Outcome.SUCCEEDED;
            } catch (RunGate.CancelledException e) {
                return cancelled(scope, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                return cancelled(scope, "The pipeline's process ends.");
            } catch (Exception | OutOfMemoryError e) {
                return failed(scope, e, another);
            }
        }
    }

    private Outcome cancelled(TaskScope scope, String reason) {
        scope.cancelled(reason);
        return Outcome.CANCELLED;
    }

    private Outcome failed(TaskScope scope, Throwable e, boolean another) {
        String next = another ? " It is tried again." : "";
        LOG.error("{} failed on attempt {}.{}", scope.name(), scope.attempt(), next, e);
        scope.failed(e, another);
        if (!another) {
            firstError.compareAndSet(null, scope.name() + " failed: " + e.getMessage());
        }
        try {
            gate.sleep(another ? BETWEEN_ATTEMPTS : Duration.ZERO);
        } catch (RunGate.CancelledException cancel) {
            return cancelled(scope, String.valueOf(cancel.getMessage()));
        } catch (InterruptedException interrupt) {
            return cancelled(scope, "The pipeline's process ends.");
        }
        return Outcome.FAILED;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
