package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.text.Tone;
import io.tailrace.model.RunState;

import javafx.geometry.Insets;
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
import javafx.scene.layout.VBox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of the list of runs: what, when, how long, what is wrong. */
final class RunCell extends ListCell<RunRow> {

    private static final List<String> TONES =
            List.of("muted", "text", "accent", "ok", "warn", "error");

    private final RunsModel model;
    private final Times times;
    private static final double INDENT = 14;
    private static final double MOST_FOR_PROBLEM = 0.42; // of the row

    private final Region dot = new Region();
    private final Label fold = new Label();
    private final Label name = new Label();
    private final Label length = new Label();
    private final Label when = new Label();
    private final Label errors = new Label();
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
        errors.getStyleClass().addAll("error", "small");
        problem.getStyleClass().add("small");
        progress.getStyleClass().add("runs-progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        length.setMinWidth(USE_PREF_SIZE);
        when.setMinWidth(0);
        when.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS); // the time stands at its end
        errors.setMinWidth(USE_PREF_SIZE);
        problem.setMinWidth(0);
        fold.getStyleClass().addAll("muted", "runs-fold");
        fold.setOnMouseClicked(event -> {
            model.rows().toggle(getItem().key());
            event.consume();
        });
        VBox mark = new VBox(dot, fold);
        mark.setAlignment(Pos.TOP_CENTER);
        mark.getStyleClass().add("runs-mark");
        HBox below = line(when, problem);
        problem.maxWidthProperty().bind(below.widthProperty().multiply(MOST_FOR_PROBLEM));
        VBox lines = new VBox(line(name, errors, length), below, progress);
        lines.getStyleClass().add("runs-lines");
        HBox.setHgrow(lines, Priority.ALWAYS);
        row = new HBox(mark, lines);
        row.setMinWidth(0);
        row.setPrefWidth(0);
        model.now().subscribe(this::tick);
    }

    @Override
    protected void updateItem(RunRow item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        RunState run = item.run();
        Instant now = model.now().get();
        row.setPadding(new Insets(0, 0, 0, INDENT * Math.min(item.depth(), 6)));
        fold.setVisible(item.within() > 0);
        fold.setText(item.open() ? "▾" : "▸");
        name.setText(run.key().workflow());
        when.setText(when(item, now));
        errors.setText(RunWords.errorsBesideFailure(run));
        errors.setManaged(!errors.getText().isEmpty());
        boolean live = !run.status().terminal() && run.progress() != null;
        progress.setVisible(live);
        progress.setManaged(live);
        progress.setProgress(run.progress() == null ? 0 : run.progress() / 100);
        state(item);
        tooltip.setText(details(run));
        setTooltip(tooltip);
        setAccessibleText(spoken(item));
        setGraphic(row);
    }

    private void tick() {
        RunRow item = getItem();
        if (item != null && !item.run().status().terminal()) {
            state(item);
        }
    }

    /** What goes on with time. */
    private void state(RunRow item) {
        RunState run = item.run();
        Liveness liveness = model.liveness();
        String silent = liveness.silentFor(run);
        problem.setText(silent.isEmpty() ? RunWords.problem(item) : silent);
        tone(problem, silent.isEmpty() ? RunWords.problemTone(item) : Tone.WARN);
        tone(dot, liveness.tone(run));
        tone(progress, liveness.tone(run));
        length.setText(Durations.brief(run.elapsed(liveness.time(run))));
    }

    /**
     * As of when; when it began; of which workspace where there are several; what stands within.
     */
    private String when(RunRow item, Instant now) {
        RunState run = item.run();
        String begun = run.startedAt() == null ? "" : times.when(run.startedAt(), now);
        String whose = model.rows().workspaces().get() ? run.key().workspace() : "";
        String inside = item.folded() ? count("workflow.run.inside", item.within()) : "";
        String then = model.liveness().asOf(run);
        return Stream.of(whose, begun, inside, then)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private String spoken(RunRow item) {
        RunState run = item.run();
        List<String> words = new ArrayList<>();
        words.add(
                text(
                        "workflow.run.spoken",
                        run.key().workflow(),
                        when.getText(),
                        model.liveness().state(run),
                        Durations.say(run.elapsed(model.liveness().time(run))),
                        problem.getText()));
        if (item.depth() > 0) {
            words.add(text("workflow.run.level", item.depth() + 1));
        }
        if (item.within() > 0) {
            words.add(
                    item.open()
                            ? count("workflow.run.open", item.within())
                            : count("workflow.run.folded", item.within()));
        }
        return String.join(", ", words);
    }

    private String details(RunState run) {
        List<String> lines =
                new ArrayList<>(List.of(run.key().toString(), model.liveness().state(run)));

        if (run.parent() != null) {
            lines.add(text("workflow.startedBy", run.parent()));
        }
        if (run.startedAt() != null) {
            lines.add(text("workflow.began", times.exact(run.startedAt())));
        }
        if (run.endedAt() != null) {
            lines.add(text("workflow.ended", times.exact(run.endedAt())));
        }
        if (run.rows() != null) {
            lines.add(count("workflow.rows", run.rows()));
        }
        if (run.errors() + run.warnings() > 0) {
            String errors = count("workflow.errors", run.errors());
            lines.add(
                    text("workflow.problems", errors, count("workflow.warnings", run.warnings())));
        }
        if (run.error() != null) {
            lines.add(run.error());
        }
        return String.join("\n", lines);
    }

    private static HBox line(Label left, Label... right) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox line = new HBox(left, space);
        line.getChildren().addAll(right);
        line.setAlignment(Pos.BASELINE_LEFT);
        line.getStyleClass().add("runs-line");
        return line;
    }

    private static void tone(Region node, Tone tone) {
        if (!node.getStyleClass().contains(tone.styleClass())) { // else CSS ten times a second
            node.getStyleClass().removeAll(TONES);
            node.getStyleClass().add(tone.styleClass());
        }
    }
}
