package io.tailrace.server.chat;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.Level;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;
import io.tailrace.server.search.LogHit;
import io.tailrace.server.search.LogQuery;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What failed and why: the root failed task, its first error, and what did not run after it. */
final class FailureAnswer {

    private final Knowledge knowledge;
    private final Draft draft;

    FailureAnswer(Knowledge knowledge, Draft draft) {
        this.knowledge = knowledge;
        this.draft = draft;
    }

    /** What failed last, over all runs; a run still going whose tasks failed comes first. */
    void whatFailed() {
        RunState going =
                knowledge.runs().stream()
                        .filter(r -> !r.status().terminal() && r.error() != null)
                        .findFirst()
                        .orElse(null);
        RunState run = going != null ? going : Reference.lastFailed(knowledge.runs());
        if (run == null) {
            draft.remark(
                    "No run has failed. I looked at the %s that I know of."
                            .formatted(Say.count(knowledge.runs().size(), "run")));
            knowledge.runs().stream()
                    .filter(FailureAnswer::failedOnce)
                    .limit(3)
                    .forEach(r -> {
                        draft.about(r, null);
                        hasNotFailed(r, new Proofs(knowledge, r));
                    });
            return;
        }
        whyFailed(run);
        List<RunState> others =
                knowledge.runs().stream()
                        .filter(r -> r.status() == RunStatus.FAILED && !r.equals(run))
                        .toList();
        if (!others.isEmpty()) {
            List<String> names = others.stream().map(r -> r.key().run()).toList();
            draft.claim(
                    "%s failed before: %s."
                            .formatted(Say.count(others.size(), "other run"), Say.names(names, 5)),
                    others.stream().limit(5).map(r -> new Proofs(knowledge, r).ended()).toList());
        }
    }

    void whyFailed(RunState run) {
        TaskState root = root(run);
        draft.about(run, null);
        draft.remember(root == null ? null : root.name());
        Proofs proofs = new Proofs(knowledge, run);
        if (run.status() != RunStatus.FAILED && run.error() == null) {
            hasNotFailed(run, proofs);
            return;
        }
        verdict(run, proofs);
        if (root == null) {
            if (run.error() != null) {
                draft.claim("It says: " + Say.quote(run.error()) + ".", List.of(proofs.error()));
            }
        } else {
            first(root, proofs);
        }
        logLine(run, root);
        others(run, root, proofs);
        notRun(run, proofs);
        if (run.status().terminal() && knowledge.commandable().test(run.key())) {
            draft.command("Retry the run", "retry");
        }
        draft.ask("Show its errors", "Show errors of run " + run.key().run());
    }

    private void hasNotFailed(RunState run, Proofs proofs) {
        boolean over = run.status().terminal();
        draft.claim(
                "%s has not failed: it %s.".formatted(Say.run(run), Say.status(run.status())),
                List.of(over ? proofs.ended() : proofs.latest()));
        run.tasks().forEach(task -> retried(run, task, proofs));
        RunState failed = Reference.lastFailed(knowledge.runs());
        if (failed != null) {
            draft.ask("What failed before?", "Why did run " + failed.key().run() + " fail?");
        }
    }

    /** Attempts that failed without failing the run. */
    private void retried(RunState run, TaskState task, Proofs proofs) {
        AttemptState failed = firstFailure(task);
        if (failed == null) {
            return;
        }
        String then =
                switch (task.status()) {
                    case RETRYING -> "will be retried";
                    case SUCCEEDED -> "succeeded when it was tried again";
                    case RUNNING, PAUSED -> "is being tried again";
                    case FAILED -> "stays failed";
                    case WAITING, SKIPPED, CANCELLED -> Say.status(task.status());
                };
        draft.claim(
                "Its task %s failed on attempt %d and %s: %s."
                        .formatted(Say.name(task.name()), failed.number(), then, error(failed)),
                List.of(proofs.ended(task, failed), proofs.standing(task)));
        if (failed.endedBy() != null) {
            quote(errorLine(run, task.name(), failed.endedBy().position()));
        }
    }

    private void verdict(RunState run, Proofs proofs) {
        if (run.status() == RunStatus.FAILED) {
            draft.claim(
                    "%s failed after %s."
                            .formatted(Say.run(run), Say.duration(run.elapsed(knowledge.now()))),
                    List.of(proofs.ended(), proofs.started()));
        } else {
            draft.claim(
                    "%s %s, but something in it failed."
                            .formatted(Say.run(run), Say.status(run.status())),
                    List.of(proofs.error()));
        }
    }

    private void first(TaskState root, Proofs proofs) {
        AttemptState failed = Objects.requireNonNull(firstFailure(root));
        draft.claim(
                "Task %s failed first: %s.".formatted(Say.name(root.name()), error(failed)),
                List.of(proofs.ended(root, failed)));
        List<AttemptState> failures =
                root.attempts().stream().filter(a -> a.status() == TaskStatus.FAILED).toList();
        if (failures.size() > 1) {
            draft.claim(
                    "It failed in %s; the last error was %s."
                            .formatted(
                                    Say.count(failures.size(), "attempt"),
                                    error(failures.getLast())),
                    failures.stream().map(a -> proofs.ended(root, a)).toList());
        }
        draft.find("Find it in the log", failed.error() == null ? "" : line(failed.error()));
    }

    /** The last line at ERROR before the failure was reported: usually the cause in full. */
    private void logLine(RunState run, @Nullable TaskState root) {
        if (run.errorBy() == null) {
            return;
        }
        long upTo = run.errorBy().position();
        LogHit hit = errorLine(run, root == null ? null : root.name(), upTo);
        if (hit == null && root != null) {
            hit = errorLine(run, null, upTo);
        }
        quote(hit);
    }

    private void quote(@Nullable LogHit hit) {
        if (hit != null) {
            Channel channel = hit.line().channel();
            draft.cited(
                    "The last error line in its log before that: "
                            + Say.quote(hit.line().message())
                            + ".",
                    List.of(new Citation(channel, hit.cursor(), "log line")));
        }
    }

    private @Nullable LogHit errorLine(RunState run, @Nullable String task, long upTo) {
        Channel logs = Channel.logs(run.key().workspace(), run.key().workflow());
        LogQuery query =
                new LogQuery(List.of(logs), List.of(), run.key().run(), task, Level.ERROR, upTo, 1);
        List<LogHit> hits = knowledge.search().find(query).hits();
        return hits.isEmpty() ? null : hits.getFirst();
    }

    private void others(RunState run, @Nullable TaskState root, Proofs proofs) {
        List<TaskState> others =
                run.tasks().stream()
                        .filter(t -> t.status() == TaskStatus.FAILED && !t.equals(root))
                        .toList();
        if (!others.isEmpty()) {
            draft.claim(
                    "Also failed: "
                            + Say.names(others.stream().map(TaskState::name).toList(), 8)
                            + ".",
                    others.stream().limit(8).map(proofs::standing).toList());
        }
    }

    private void notRun(RunState run, Proofs proofs) {
        List<TaskState> skipped =
                run.tasks().stream()
                        .filter(t ->
                                t.status() == TaskStatus.SKIPPED
                                        || t.status() == TaskStatus.WAITING)
                        .toList();
        if (!skipped.isEmpty()) {
            var cited = new ArrayList<>(skipped.stream().limit(8).map(proofs::standing).toList());
            cited.add(proofs.plan());
            draft.claim(
                    "%s did not run%s: %s."
                            .formatted(
                                    Say.count(skipped.size(), "task"),
                                    run.status().terminal() ? "" : " yet",
                                    Say.names(skipped.stream().map(TaskState::name).toList(), 8)),
                    cited);
        }
    }

    /** Whether an attempt of a task failed, also when another one succeeded after it. */
    static boolean failedOnce(RunState run) {
        return run.tasks().stream().anyMatch(task -> firstFailure(task) != null);
    }

    /** The task whose first failure is the run's error. */
    private static @Nullable TaskState root(RunState run) {
        for (TaskState task : run.tasks()) {
            AttemptState failed = firstFailure(task);
            if (failed != null && run.errorBy() != null && run.errorBy().equals(failed.endedBy())) {
                return task;
            }
        }
        return null;
    }

    private static @Nullable AttemptState firstFailure(TaskState task) {
        return task.attempts().stream()
                .filter(a -> a.status() == TaskStatus.FAILED)
                .findFirst()
                .orElse(null);
    }

    private static String error(AttemptState failed) {
        return Say.quote(failed.error() == null ? "no error was given" : failed.error());
    }

    private static String line(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
