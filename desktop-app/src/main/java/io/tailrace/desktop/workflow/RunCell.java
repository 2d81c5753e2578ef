package io.tailrace.desktop.workflow;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.RunState;

import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.List;

/** A row of the list of runs: what, when, how long, what is wrong. */
final class RunCell extends ListCell<RunState> {

    private static final List<String> TONES =
            List.of("muted", "text", "accent", "ok", "warn", "error");

    private final RunsModel model;
    private final Times times;
    private final Region dot = new Region();
    private final Label name = new Label();
    private final Label length = new Label();
    private final Label when = new Label();
    private final Label problem = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final Tooltip tooltip = new Tooltip();
    private final HBox row;

    RunCell(RunsModel model, Times times) {
        this.model = model;
        this.times = times;
        getStyleClass().add("runs-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        dot.getStyleClass().add("runs-dot");
        length.getStyleClass().addAll("muted", "small");
        when.getStyleClass().addAll("muted", "small");
        problem.getStyleClass().add("small");
        progress.getStyleClass().add("runs-progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        length.setMinWidth(USE_PREF_SIZE);
        when.setMinWidth(USE_PREF_SIZE);
        StackPane mark = new StackPane(dot);
        mark.getStyleClass().add("runs-mark");
        VBox lines = new VBox(line(name, length), line(when, problem), progress);
        lines.getStyleClass().add("runs-lines");
        HBox.setHgrow(lines, Priority.ALWAYS);
        row = new HBox(mark, lines);
        row.setMinWidth(0);
        row.setPrefWidth(0);
        model.now().subscribe(this::tick);
    }

    @Override
    protected void updateItem(RunState run, boolean empty) {
        super.updateItem(run, empty);
        if (empty || run == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        Instant now = model.now().get();
        name.setText(run.key().workflow());
        when.setText(run.startedAt() == null ? "" : times.when(run.startedAt(), now));
        problem.setText(RunWords.problem(run));
        tone(problem, RunWords.problemTone(run));
        tone(dot, RunWords.tone(run.status()));
        boolean live = !run.status().terminal() && run.progress() != null;
        progress.setVisible(live);
        progress.setManaged(live);
        progress.setProgress(run.progress() == null ? 0 : run.progress() / 100);
        length.setText(Durations.brief(run.elapsed(now)));
        tooltip.setText(details(run));
        setTooltip(tooltip);
        setAccessibleText(
                "%s, %s, %s, %s %s"
                        .formatted(
                                run.key().workflow(),
                                when.getText(),
                                RunWords.state(run),
                                Durations.say(run.elapsed(now)),
                                problem.getText()));
        setGraphic(row);
    }

    private void tick(Instant now) {
        RunState run = getItem();
        if (run != null && !run.status().terminal()) {
            length.setText(Durations.brief(run.elapsed(now)));
        }
    }

    private String details(RunState run) {
        StringBuilder text = new StringBuilder(run.key().toString());
        text.append('\n').append(RunWords.state(run));
        if (run.startedAt() != null) {
            text.append("\nbegan ").append(times.exact(run.startedAt()));
        }
        if (run.endedAt() != null) {
            text.append("\nended ").append(times.exact(run.endedAt()));
        }
        if (run.rows() != null) {
            text.append('\n').append(Numbers.count(run.rows(), "row"));
        }
        if (run.errors() + run.warnings() > 0) {
            text.append('\n').append(Numbers.count(run.errors(), "error"));
            text.append(", ").append(Numbers.count(run.warnings(), "warning"));
        }
        if (run.error() != null) {
            text.append('\n').append(run.error());
        }
        return text.toString();
    }

    private static HBox line(Label left, Label right) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox line = new HBox(left, space, right);
        line.setAlignment(Pos.BASELINE_LEFT);
        line.getStyleClass().add("runs-line");
        return line;
    }

    private static void tone(Region node, Tone tone) {
        node.getStyleClass().removeAll(TONES);
        node.getStyleClass().add(tone.styleClass());
    }
}
