package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.model.Cursor;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The chosen run, over time or as a graph. FX thread only. */
public final class WorkflowPane extends BorderPane {

    private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.DARK);
    private final DoubleProperty fontSize = new SimpleDoubleProperty(13);
    private final ToggleGroup tabs = new ToggleGroup();
    private final List<KeyTable> keys;

    /**
     * Shows the chosen run of a model.
     *
     * @param shared the time line of all panes
     * @param chooseTask told when a task was chosen or is no longer
     * @param openEntry opens an entry in the log
     */
    public WorkflowPane(
            RunsModel model,
            Times times,
            SharedTime shared,
            Consumer<TaskChoice> chooseTask,
            Consumer<Cursor> openEntry) {
        getStyleClass().add("workflow-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(WorkflowPane.class.getResource("workflow.css"))
                                .toExternalForm());
        TimelinePane timeline = new TimelinePane(model, times, shared, chooseTask, openEntry);
        GraphPane graph = new GraphPane(model, times, chooseTask);
        ComparePane compare = new ComparePane(model, times);
        for (PaintedRegion region : List.of(timeline.region(), graph.region(), compare.region())) {
            region.paletteProperty().bind(palette);
            region.fontSizeProperty().bind(fontSize);
        }
        Label note = new Label();
        note.getStyleClass().addAll("muted", "small", "workflow-note");
        note.setMinWidth(0);
        note.textProperty().bind(model.baselineSentence());
        Label idle = new Label();
        idle.getStyleClass().addAll("muted", "small", "workflow-idle");
        idle.setMinWidth(0);
        idle.textProperty().bind(model.idleSentence());
        idle.setTooltip(new Tooltip(text("workflow.idle.help")));
        Label command = new Label();
        command.getStyleClass().addAll("small", "workflow-command");
        command.setMinWidth(0);
        command.textProperty().bind(model.commandSentence());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        keys = List.of(timeline.keys(), graph.keys(), compare.keys());
        ToggleButton first = tab(text("workflow.tab.timeline"), timeline);
        HBox header =
                new HBox(
                        first,
                        tab(text("workflow.tab.graph"), graph),
                        tab(text("workflow.tab.compare"), compare),
                        tab(text("workflow.tab.progress"), new WaitingPane(model)),
                        space,
                        command,
                        idle,
                        note);
        header.getStyleClass().add("pane-header");
        setTop(header);
        tabs.selectToggle(first);
    }

    /** The colours of what is painted. */
    public ObjectProperty<Palette> paletteProperty() {
        return palette;
    }

    /** The size of interface text, in pixels. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    /** The keys of its panes. */
    public List<KeyTable> keys() {
        return keys;
    }

    private ToggleButton tab(String title, Region content) {
        ToggleButton button = new ToggleButton(title);
        button.getStyleClass().add("tab-word");
        button.setMinWidth(USE_PREF_SIZE); // what is said beside the tabs is cut, not their names
        button.setToggleGroup(tabs);
        button.setOnAction(_ -> tabs.selectToggle(button)); // a second click keeps it chosen
        button.selectedProperty()
                .subscribe(selected -> {
                    if (selected) {
                        setCenter(content);
                    }
                });
        return button;
    }
}
