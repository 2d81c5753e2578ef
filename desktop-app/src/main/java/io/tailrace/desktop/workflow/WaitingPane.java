package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * For who waits for the chosen run: how far it is, what it does now, when it will be done, and what
 * it explains meanwhile. FX thread only.
 */
final class WaitingPane extends ScrollPane {

    private static final double TEXT_WIDTH = 640;
    private static final int SHOWN = 4;
    private static final PseudoClass SILENT = PseudoClass.getPseudoClass("silent");

    private final RunsModel model;
    private final Label percent = new Label();
    private final Label state = new Label();
    private final ProgressBar bar = new ProgressBar();
    private final Label times = new Label();
    private final Label steps = new Label();
    private final Label title = new Label();
    private final TextFlow lesson = new TextFlow();
    private String shown = "";

    WaitingPane(RunsModel model) {
        this.model = model;
        getStyleClass().add("waiting-pane");
        percent.getStyleClass().add("waiting-percent");
        state.getStyleClass().addAll("muted", "waiting-state");
        bar.setMaxWidth(TEXT_WIDTH);
        bar.setPrefWidth(TEXT_WIDTH);
        bar.getStyleClass().add("waiting-progress");
        bar.setAccessibleText(text("workflow.waiting.progress"));
        times.getStyleClass().add("muted");
        steps.setWrapText(true);
        title.getStyleClass().add("strong");
        lesson.setMaxWidth(TEXT_WIDTH);
        lesson.setAccessibleRole(AccessibleRole.TEXT);
        HBox head = new HBox(12, percent, state);
        head.setAlignment(Pos.BASELINE_LEFT);
        VBox all = new VBox(10, head, bar, times, steps, title, lesson);
        all.getStyleClass().add("waiting-body");
        setContent(all);
        setFitToWidth(true);
        setFocusTraversable(false);
        model.chosen().subscribe(this::refresh);
        model.now().subscribe(this::refresh);
        sceneProperty().subscribe(this::refresh);
    }

    private void refresh() {
        if (getScene() == null) {
            return; // nobody looks
        }
        RunState run = model.chosen().get();
        if (run == null) {
            percent.setText("");
            state.setText(text("workflow.waiting.none"));
            bar.setVisible(false);
            times.setText("");
            steps.setText("");
            return;
        }
        Instant now = model.time();
        Double progress = run.status().terminal() ? null : run.progress();
        percent.setText(progress == null ? "" : Numbers.percent(progress));
        state.setText(
                text("workflow.waiting.run", run.key().workflow(), model.liveness().state(run)));
        state.pseudoClassStateChanged(SILENT, model.liveness().silentSince(run) != null);
        bar.setVisible(progress != null);
        bar.setManaged(progress != null);
        bar.setProgress(progress == null ? 0 : progress / 100);
        RunHeader header = model.header().get();
        String eta = header == null || header.eta().isEmpty() ? "" : "   " + header.eta();
        String late = header == null || header.late().isEmpty() ? "" : "  " + header.late();
        String took = Durations.say(run.elapsed(now));
        times.setText(
                run.status().terminal()
                        ? text("workflow.waiting.took", took)
                        : text("workflow.waiting.soFar", took) + eta + late);
        steps.setText(steps(run, now));
        explain(model.lesson());
    }

    private static String steps(RunState run, Instant now) {
        List<TaskState> running =
                run.tasks().stream()
                        .filter(task -> task.status() == TaskStatus.RUNNING)
                        .limit(SHOWN)
                        .toList();
        String counted = counted(run.tasks());
        String doing =
                running.stream().map(task -> line(task, now)).collect(Collectors.joining("\n"));
        return doing.isEmpty() ? counted : counted + "\n" + doing;
    }

    /** How many tasks are over; those that failed are not done, and are said. */
    private static String counted(List<TaskState> tasks) {
        if (tasks.isEmpty()) {
            return "";
        }
        long over = tasks.stream().filter(task -> task.status().terminal()).count();
        long failed = tasks.stream().filter(task -> task.status() == TaskStatus.FAILED).count();
        String done = count("workflow.waiting.done", tasks.size(), Numbers.grouped(over - failed));
        return failed == 0 ? done : text("workflow.waiting.failed", done, Numbers.grouped(failed));
    }

    private static String line(TaskState task, Instant now) {
        String said = task.step() == null ? task.message() : task.step();
        String state = TaskWords.state(task, now);
        return said == null || said.isBlank()
                ? text("workflow.task", task.name(), state)
                : text("workflow.waiting.task", task.name(), state, said);
    }

    private void explain(Lessons.@Nullable Lesson now) {
        String key = now == null ? "" : now.title() + "\n" + now.text();
        if (key.equals(shown)) {
            return;
        }
        shown = key;
        title.setText(now == null ? "" : now.title());
        lesson.getChildren().clear();
        if (now == null) {
            return;
        }
        for (String line : now.text().lines().toList()) {
            boolean heading = line.startsWith("#");
            String words = line.replaceFirst("^#+\\s*", "").replaceFirst("^[-*]\\s+", "•  ");
            Text plain = new Text(words.replace("**", "").replace("`", "") + "\n");
            plain.getStyleClass().add(heading ? "strong" : "waiting-text");
            lesson.getChildren().add(plain);
        }
    }
}
