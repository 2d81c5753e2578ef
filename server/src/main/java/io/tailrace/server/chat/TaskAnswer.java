package io.tailrace.server.chat;

import io.tailrace.model.AttemptState;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where one task of a run stands. */
final class TaskAnswer {

    private final Knowledge knowledge;
    private final Draft draft;

    TaskAnswer(Knowledge knowledge, Draft draft) {
        this.knowledge = knowledge;
        this.draft = draft;
    }

    void standing(RunState run, TaskState task) {
        draft.about(run, task.name());
        Proofs proofs = new Proofs(knowledge, run);
        List<Optional<Evidence.Proof>> cited = new ArrayList<>();
        StringBuilder text = new StringBuilder("Task ").append(Say.name(task.name()));
        text.append(" of run ").append(Say.name(run.key().run()));
        text.append(' ').append(Say.status(task.status()));
        if (task.attempts().size() > 1) {
            text.append(" (").append(Say.count(task.attempts().size(), "attempt")).append(')');
        }
        if (task.startedAt() != null) {
            boolean over = task.endedAt() != null;
            text.append(over ? ", after " : ", for ");
            text.append(Say.duration(task.elapsed(knowledge.now())));
            cited.add(proofs.began(task, task.attempts().getFirst()));
        }
        cited.add(proofs.standing(task));
        if (task.progress() != null && !task.status().terminal()) {
            text.append("; it is ").append(Say.percent(task.progress())).append(" done");
            cited.add(proofs.progress(task));
        }
        if (task.rows() != null) {
            text.append(", ").append(Say.count(task.rows(), "row"));
            cited.add(proofs.rows(task));
        }
        draft.claim(text.append('.').toString(), cited);
        failures(task, proofs);
        waitsFor(run, task, proofs);
        draft.find("Find it in the log", task.name());
    }

    private void failures(TaskState task, Proofs proofs) {
        for (AttemptState attempt : task.attempts()) {
            if (attempt.status() == TaskStatus.FAILED && attempt.error() != null) {
                draft.claim(
                        "Attempt %d failed: %s."
                                .formatted(attempt.number(), Say.quote(attempt.error())),
                        List.of(proofs.ended(task, attempt)));
            }
        }
    }

    private void waitsFor(RunState run, TaskState task, Proofs proofs) {
        List<String> missing =
                task.after().stream()
                        .filter(name ->
                                run.task(name)
                                        .filter(t -> t.status() != TaskStatus.SUCCEEDED)
                                        .isPresent())
                        .toList();
        boolean idle = task.status() == TaskStatus.WAITING || task.status() == TaskStatus.SKIPPED;
        if (idle && !missing.isEmpty()) {
            String waits = task.status() == TaskStatus.WAITING ? "It waits for " : "It needed ";
            draft.claim(waits + Say.names(missing, 5) + ".", List.of(proofs.plan()));
        }
    }
}
