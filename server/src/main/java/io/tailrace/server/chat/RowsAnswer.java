package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many rows a run or a task did. */
final class RowsAnswer {

    private static final int MOST_TASKS = 12;

    private final Knowledge knowledge;
    private final Draft draft;

    RowsAnswer(Knowledge knowledge, Draft draft) {
        this.knowledge = knowledge;
        this.draft = draft;
    }

    void ofRun(RunState run) {
        draft.about(run, null);
        Proofs proofs = new Proofs(knowledge, run);
        List<TaskState> counted = run.tasks().stream().filter(t -> t.rows() != null).toList();
        Long rows = run.rows();
        String soFar = run.status().terminal() ? "" : " so far";
        if (run.rowsBy() != null && rows != null) {
            draft.claim(
                    "%s states %s%s.".formatted(Say.run(run), Say.count(rows, "row"), soFar),
                    List.of(proofs.statedRows()));
        } else if (rows == null || counted.isEmpty()) {
            draft.remark(
                    "No event of run %s tells a number of rows. I looked at its %s."
                            .formatted(
                                    Say.name(run.key().run()),
                                    Say.count(run.tasks().size(), "task")));
            return;
        } else {
            TaskState most =
                    counted.stream().filter(t -> rows.equals(t.rows())).findFirst().orElseThrow();
            draft.claim(
                    "%s states no total; the most that one of its tasks reports is %s%s, by %s."
                            .formatted(
                                    Say.run(run),
                                    Say.count(rows, "row"),
                                    soFar,
                                    Say.name(most.name())),
                    List.of(proofs.rows(most)));
        }
        byTask(counted, proofs);
    }

    void ofTask(RunState run, TaskState task) {
        draft.about(run, task.name());
        String name = "Task " + Say.name(task.name()) + " of run " + Say.name(run.key().run());
        if (task.rows() == null) {
            draft.remark(name + " has reported no number of rows. I looked at its latest attempt.");
            return;
        }
        draft.claim(
                "%s reports %s%s."
                        .formatted(
                                name,
                                Say.count(task.rows(), "row"),
                                task.status().terminal() ? "" : " so far"),
                List.of(new Proofs(knowledge, run).rows(task)));
    }

    private void byTask(List<TaskState> counted, Proofs proofs) {
        List<String> parts = new ArrayList<>();
        List<Optional<Evidence.Proof>> cited = new ArrayList<>();
        for (TaskState task : counted.subList(0, Math.min(MOST_TASKS, counted.size()))) {
            long rows = task.rows() == null ? 0 : task.rows();
            parts.add(Say.name(task.name()) + " " + Say.number(rows));
            cited.add(proofs.rows(task));
        }
        if (!parts.isEmpty()) {
            int rest = counted.size() - parts.size();
            String more = rest > 0 ? "; " + Say.count(rest, "further task") : "";
            draft.claim("By task: " + String.join(", ", parts) + more + ".", cited);
        }
    }
}
