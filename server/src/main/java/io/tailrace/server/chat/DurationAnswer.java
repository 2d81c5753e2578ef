package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long a run or a task has run or took, and which tasks took longest. */
final class DurationAnswer {

    private static final int MOST_TASKS = 5;

    private final Knowledge knowledge;
    private final Draft draft;

    DurationAnswer(Knowledge knowledge, Draft draft) {
        this.knowledge = knowledge;
        this.draft = draft;
    }

    void ofRun(RunState run) {
        draft.about(run, null);
        Proofs proofs = new Proofs(knowledge, run);
        String took = Say.duration(run.elapsed(knowledge.now()));
        String start = run.startedAt() == null ? "" : " from " + Say.time(run.startedAt());
        if (run.endedAt() == null) {
            draft.claim(
                    "%s %s and has taken %s so far,%s."
                            .formatted(Say.run(run), Say.status(run.status()), took, start),
                    List.of(proofs.started(), proofs.latest()));
        } else {
            draft.claim(
                    "%s took %s,%s to %s."
                            .formatted(Say.run(run), took, start, Say.time(run.endedAt())),
                    List.of(proofs.started(), proofs.ended()));
        }
        slowest(run, proofs);
    }

    void ofTask(RunState run, TaskState task) {
        draft.about(run, task.name());
        Proofs proofs = new Proofs(knowledge, run);
        String name = "Task " + Say.name(task.name()) + " of run " + Say.name(run.key().run());
        if (task.startedAt() == null) {
            draft.claim(
                    name + " " + Say.status(task.status()) + ", as far as is known when.",
                    List.of(proofs.standing(task)));
            return;
        }
        String attempts =
                task.attempts().size() == 1
                        ? ""
                        : " over " + Say.count(task.attempts().size(), "attempt");
        draft.claim(
                "%s %s %s%s."
                        .formatted(
                                name,
                                task.endedAt() == null ? "has run for" : "took",
                                Say.duration(task.elapsed(knowledge.now())),
                                attempts),
                span(proofs, task));
    }

    private void slowest(RunState run, Proofs proofs) {
        List<TaskState> timed =
                run.tasks().stream()
                        .filter(t -> t.startedAt() != null && t.status() != TaskStatus.WAITING)
                        .sorted(Comparator.comparing(this::elapsed).reversed())
                        .toList();
        if (timed.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        List<Optional<Evidence.Proof>> cited = new ArrayList<>();
        for (TaskState task : timed.subList(0, Math.min(MOST_TASKS, timed.size()))) {
            String going = task.endedAt() == null ? " so far" : "";
            parts.add(Say.name(task.name()) + " " + Say.duration(elapsed(task)) + going);
            cited.addAll(span(proofs, task));
        }
        String label = timed.size() > MOST_TASKS ? "The slowest tasks: " : "Its tasks: ";
        draft.claim(label + String.join(", ", parts) + ".", cited);
        draft.ask(
                "How many rows?",
                "How many rows did " + timed.getFirst().name() + " do in run " + run.key().run());
    }

    private Duration elapsed(TaskState task) {
        return task.elapsed(knowledge.now());
    }

    private static List<Optional<Evidence.Proof>> span(Proofs proofs, TaskState task) {
        var first = proofs.began(task, task.attempts().getFirst());
        var last = task.attempts().getLast();
        return last.endedBy() == null ? List.of(first) : List.of(first, proofs.ended(task, last));
    }
}
