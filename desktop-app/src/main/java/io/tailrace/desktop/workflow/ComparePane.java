package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.paint.TextMeter;
import io.tailrace.desktop.text.Durations;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The chosen run beside another one of its workflow, task by task. FX thread only. */
final class ComparePane extends BorderPane {

    private static final double PADDING = 14;
    private static final int OFFERED = 30;

    private final RunsModel model;
    private final Times times;
    private final PaintedRegion region = new PaintedRegion(this::paint);
    private final TextMeter meter = new TextMeter();
    private final ScrollBar scroll = new ScrollBar();
    private final MenuButton choice = new MenuButton();
    private final Label words = new Label();
    private @Nullable RunKey chosen; // null: the latest good run before
    private final KeyTable keys = new KeyTable(text("workflow.keys.compare"));
    private @Nullable Comparison comparison;
    private int current = -1;

    ComparePane(RunsModel model, Times times) {
        this.model = model;
        this.times = times;
        choice.getStyleClass().add("chip");
        choice.setAccessibleText(text("workflow.compare.choice"));
        choice.setOnShowing(_ -> offer());
        words.getStyleClass().addAll("muted", "small");
        HBox head = new HBox(10, new Label(text("workflow.compare.with")), choice, words);
        head.getStyleClass().add("compare-head");
        setTop(head);
        setCenter(region);
        scroll.setOrientation(Orientation.VERTICAL);
        setRight(scroll);
        region.setAccessibleRole(AccessibleRole.LIST_VIEW);
        region.setAccessibleText(text("workflow.compare.tasks"));
        region.setAccessibleHelp(text("workflow.compare.help"));
        region.setOnScroll(event -> move(-event.getDeltaY() / 20));
        region.setFocusTraversable(true);
        region.getStyleClass().add("timeline-canvas");
        keys.pair("↑", "↓", text("workflow.keys.go"), () -> go(-1), () -> go(1));
        keys.listen(region);
        region.setOnMousePressed(_ -> region.requestFocus());
        scroll.valueProperty().subscribe(region::repaint);
        region.heightProperty().subscribe(this::fit);
        model.selected()
                .subscribe(_ -> {
                    chosen = null;
                });
        model.chosen().subscribe(_ -> refresh());
        sceneProperty().subscribe(_ -> refresh());
    }

    /** The keys of this pane. */
    KeyTable keys() {
        return keys;
    }

    private void move(double rows) {
        scroll.setValue(Math.clamp(scroll.getValue() + rows, 0, scroll.getMax()));
    }

    /** Goes to a row and says it, to those who cannot see it. */
    private void go(int by) {
        if (comparison == null || comparison.rows().isEmpty()) {
            return;
        }
        current = Math.clamp((long) current + by, 0, comparison.rows().size() - 1);
        double visible = Math.max(1, region.getHeight() / rowHeight());
        if (current < scroll.getValue() || current > scroll.getValue() + visible - 1) {
            move(current - scroll.getValue() - (by > 0 ? visible - 1 : 0));
        }
        Comparison.Row row = comparison.rows().get(current);
        region.setAccessibleText(text("workflow.task", row.task(), CompareWords.row(row)));
        region.repaint();
    }

    PaintedRegion region() {
        return region;
    }

    private List<RunState> others() {
        RunState run = model.chosen().get();
        return run == null
                ? List.of()
                : model.all().stream()
                        .filter(other -> other.key().workflow().equals(run.key().workflow()))
                        .filter(other -> other.key().workspace().equals(run.key().workspace()))
                        .filter(other -> !other.key().equals(run.key()))
                        .toList();
    }

    private void offer() {
        choice.getItems().setAll(others().stream().limit(OFFERED).map(this::item).toList());
        if (choice.getItems().isEmpty()) {
            MenuItem none = new MenuItem(text("workflow.compare.unknown"));
            none.setDisable(true);
            choice.getItems().add(none);
        }
    }

    private MenuItem item(RunState run) {
        MenuItem item = new MenuItem(name(run));
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> {
            chosen = run.key();
            refresh();
        });
        return item;
    }

    private String name(RunState run) {
        String when =
                run.startedAt() == null
                        ? run.key().run()
                        : times.whenExactly(run.startedAt(), model.now().get());
        String took = Durations.say(run.elapsed(model.liveness().time(run)));
        return text("workflow.compare.run", when, model.liveness().state(run), took);
    }

    private @Nullable RunState other() {
        List<RunState> others = others();
        for (RunState run : others) {
            if (run.key().equals(chosen)) {
                return run;
            }
        }
        return others.stream()
                .filter(run -> run.status() == RunStatus.SUCCEEDED)
                .findFirst()
                .orElse(others.isEmpty() ? null : others.getFirst());
    }

    private void refresh() {
        RunState run = model.chosen().get();
        if (getScene() == null) {
            return; // nobody looks
        }
        RunState other = run == null ? null : other();
        if (run == null || other == null) {
            comparison = null;
            choice.setText(text("workflow.compare.none"));
            words.setText(text("workflow.compare.needed"));
        } else {
            comparison = Comparison.of(run, other, model.time());
            choice.setText(name(other));
            words.setText(CompareWords.totals(run, other, model.liveness()));
        }
        fit();
        region.repaint();
    }

    private void fit() {
        int count = comparison == null ? 0 : comparison.rows().size();
        double visible = Math.max(1, region.getHeight() / rowHeight());
        double hidden = Math.max(0, count - visible);
        scroll.setVisible(hidden > 0.01);
        scroll.setManaged(hidden > 0.01);
        scroll.setMax(hidden);
        scroll.setVisibleAmount(hidden * visible / Math.max(1, count));
        scroll.setValue(Math.clamp(scroll.getValue(), 0, hidden));
    }

    private double rowHeight() {
        return Math.round(region.fontSizeProperty().get() * 2.3);
    }

    private void paint(GraphicsContext g, double width, double height) {
        Comparison rows = comparison;
        if (rows == null) {
            return;
        }
        g.setFont(region.smallFont());
        g.setTextBaseline(VPos.CENTER);
        double size = region.fontSizeProperty().get();
        double names = Math.min(size * 17, width * 0.28);
        double left = PADDING + names;
        double room = Math.max(10, width - left - size * 14.6);
        for (int i = (int) scroll.getValue(); i < rows.rows().size(); i++) {
            double top = (i - scroll.getValue()) * rowHeight();
            if (top > height) {
                break;
            }
            row(g, rows.rows().get(i), top, left, room / rows.longest().toMillis(), width);
        }
    }

    private void row(
            GraphicsContext g,
            Comparison.Row row,
            double top,
            double left,
            double perMilli,
            double width) {
        double thick = Math.round(rowHeight() * 0.22);
        double middle = top + rowHeight() / 2;
        if (current >= 0 && region.isFocused() && row.equals(comparedRow(current))) {
            g.setFill(region.palette().selection());
            g.fillRect(0, top, width, rowHeight());
        }
        g.setFill(region.palette().text());
        g.fillText(meter.fitted(row.task(), g.getFont(), left - PADDING - 12), PADDING, middle);
        double end = left;
        if (row.one() != null) {
            double length = Math.max(2, row.one().toMillis() * perMilli);
            g.setFill(region.palette().accent());
            g.fillRoundRect(left, middle - thick - 1, length, thick, 3, 3);
            end = left + length;
        }
        if (row.other() != null) {
            double length = Math.max(2, row.other().toMillis() * perMilli);
            g.setFill(region.palette().muted());
            g.fillRoundRect(left, middle + 1, length, thick, 3, 3);
            end = Math.max(end, left + length);
        }
        g.setFill(region.color(CompareWords.tone(row)));
        g.fillText(
                meter.fitted(CompareWords.row(row), g.getFont(), width - end - 12),
                end + 8,
                middle);
    }

    private Comparison.@Nullable Row comparedRow(int index) {
        Comparison rows = comparison;
        return rows == null || index >= rows.rows().size() ? null : rows.rows().get(index);
    }
}
