package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is running, how far it is, and how a run ended. */
final class RunningAnswer {

    private static final int MOST_RUNS = 5;
    private static final int MOST_TASKS = 5;

    private final Knowledge knowledge;
    private final Draft draft;

    RunningAnswer(Knowledge knowledge, Draft draft) {
        this.knowledge = knowledge;
        this.draft = draft;
    }

    void whatRuns() {
        List<RunState> live =
                knowledge.runs().stream().filter(r -> !r.status().terminal()).toList();
        if (live.isEmpty()) {
            nothingRuns();
            return;
        }
        if (live.size() > 1) {
            draft.cited(
                    "%s are going on%s."
                            .formatted(
                                    Say.count(live.size(), "run"),
                                    live.size() > MOST_RUNS
                                            ? "; these are the " + MOST_RUNS + " newest"
                                            : ""),
                    live.stream()
                            .limit(12)
                            .map(r -> new Proofs(knowledge, r).latest())
                            .flatMap(Optional::stream)
                            .map(Evidence.Proof::citation)
                            .toList());
        }
        live.stream().limit(MOST_RUNS).toList().reversed().forEach(run -> draft.about(run, null));
        live.stream().limit(MOST_RUNS).forEach(this::live);
        draft.ask("Any errors?", "Show errors of run " + live.getFirst().key().run());
    }

    void howFar(RunState run) {
        draft.about(run, null);
        if (!run.status().terminal()) {
            live(run);
            draft.ask("Any errors?", "Show errors of run " + run.key().run());
            return;
        }
        ended(run);
        if (run.status() == RunStatus.FAILED) {
            draft.ask("Why did it fail?", "Why did run " + run.key().run() + " fail?");
        }
        draft.ask("How long did it take?", "How long did run " + run.key().run() + " take?");
    }

    private void nothingRuns() {
        draft.remark(
                "Nothing is running now. I looked at the %s that I know of."
                        .formatted(Say.count(knowledge.runs().size(), "run")));
        knowledge.runs().stream()
                .findFirst()
                .ifPresent(last -> {
                    draft.about(last, null);
                    ended(last);
                });
    }

    private void ended(RunState run) {
        Proofs proofs = new Proofs(knowledge, run);
        String at = run.endedAt() == null ? "" : " at " + Say.time(run.endedAt());
        draft.claim(
                "%s %s%s, after %s."
                        .formatted(
                                Say.run(run),
                                Say.status(run.status()),
                                at,
                                Say.duration(run.elapsed(knowledge.now()))),
                List.of(proofs.ended(), proofs.started()));
    }

    private void live(RunState run) {
        Proofs proofs = new Proofs(knowledge, run);
        List<Optional<Evidence.Proof>> cited = new ArrayList<>();
        StringBuilder text = new StringBuilder(Say.run(run));
        text.append(' ').append(Say.status(run.status()));
        if (run.startedAt() != null) {
            text.append(", for ").append(Say.duration(run.elapsed(knowledge.now())));
            cited.add(proofs.started());
        }
        if (run.progress() != null) {
            text.append("; it is ").append(Say.percent(run.progress())).append(" done");
            cited.addAll(proofs.progress());
        }
        long over = run.tasks().stream().filter(t -> t.status().terminal()).count();
        if (run.planned() > 0) {
            text.append(", ").append(Say.number(over)).append(" of ");
            text.append(Say.count(run.tasks().size(), "task")).append(" over");
        }
        cited.add(proofs.latest());
        draft.claim(text.append('.').toString(), cited);
        atWork(run, proofs);
    }

    private void atWork(RunState run, Proofs proofs) {
        List<TaskState> now =
                run.tasks().stream()
                        .filter(t ->
                                t.status() == TaskStatus.RUNNING
                                        || t.status() == TaskStatus.PAUSED
                                        || t.status() == TaskStatus.RETRYING)
                        .toList();
        if (now.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        List<Optional<Evidence.Proof>> cited = new ArrayList<>();
        for (TaskState task : now.subList(0, Math.min(now.size(), MOST_TASKS))) {
            StringBuilder part = new StringBuilder(Say.name(task.name()));
            if (task.status() != TaskStatus.RUNNING) {
                part.append(" ").append(Say.status(task.status()));
            }
            if (task.progress() != null) {
                part.append(" at ").append(Say.percent(task.progress()));
                cited.add(proofs.progress(task));
            }
            if (task.rows() != null) {
                part.append(", ").append(Say.count(task.rows(), "row"));
                cited.add(proofs.rows(task));
            }
            cited.add(proofs.standing(task));
            parts.add(part.toString());
        }
        String more =
                now.size() > MOST_TASKS
                        ? "; and " + Say.number(now.size() - MOST_TASKS) + " more"
                        : "";
        draft.claim("At work now: " + String.join("; ", parts) + more + ".", cited);
    }
}
