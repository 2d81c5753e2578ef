package io.tailrace.desktop.logs;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.desktop.text.Texts;
import io.tailrace.desktop.theme.Palette;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.model.Cursor;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The log pane: filter and find above, the rows, the whole entry below them when asked for, and one
 * line that says where the log stands. While it is in a scene and there is something to do it gives
 * the model a slice of every frame and paints; otherwise it costs nothing. FX thread.
 */
public final class LogsPane extends BorderPane {

    static final PseudoClass PAUSED = PseudoClass.getPseudoClass("paused");
    static final PseudoClass FOCUSED_WITHIN = PseudoClass.getPseudoClass("finding");

    private final LogsModel model;
    private final TextClipboard clipboard;
    private final ObjectProperty<Palette> palette =
            new SimpleObjectProperty<>(this, "palette", Palette.DARK);
    private final DoubleProperty fontSize =
            new SimpleDoubleProperty(this, "fontSize", Theme.NORMAL_SIZE);
    private final ObjectProperty<@Nullable Instant> cursor = new SimpleObjectProperty<>();
    private final StringProperty gateway =
            new SimpleStringProperty(this, "gateway", "http://127.0.0.1:8787");
    private final LogsSurface surface;
    private final LogsMouse mouse;
    private final LogsToolbar toolbar;
    private final LogsHistogram histogram;
    private final KeyTable keys;
    private final LogsDetail detail;
    private final LogsMarks marks;
    private final LogsActions does;

    private final SplitPane split;
    private boolean ticking;
    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    tick();
                }
            };

    /** A pane that shows a model; a model has one pane. */
    public LogsPane(LogsModel model) {
        this(model, TextClipboard.system());
    }

    LogsPane(LogsModel model, TextClipboard clipboard) {
        this.model = model;
        this.clipboard = clipboard;
        Actions actions = new Actions();
        does = new LogsActions(model);
        LogsOutput output = new LogsOutput(model, does, clipboard, gateway, this);
        surface = new LogsSurface(model);
        detail = new LogsDetail(model, clipboard, actions::close);
        marks = new LogsMarks(model, actions::close);
        mouse = new LogsMouse(model, does, surface, actions::details);
        toolbar = new LogsToolbar(model, does, surface::requestFocus);
        histogram = new LogsHistogram(model);
        LogsCover cover = new LogsCover(model, gateway, clipboard);
        keys = new LogsKeys(model, does, surface, actions).table();
        LogsMenu menu = new LogsMenu(model, does, actions, output);
        surface.setOnContextMenuRequested(e -> menu.show(surface, e.getScreenX(), e.getScreenY()));
        surface.addEventHandler(MouseEvent.MOUSE_PRESSED, e -> menu.hide());
        StackPane rows = new StackPane(surface, cover);
        rows.setMinSize(0, 0); // else a low pane shows its first rows behind the histogram
        split = new SplitPane(rows);
        split.setOrientation(Orientation.VERTICAL);
        setCenter(split); // first: the rows get the focus, not the find field
        setTop(new VBox(toolbar, histogram));
        setBottom(new LogsFooter(model));
        getStyleClass().add("logs-pane");
        String sheet = "logs.css";
        getStylesheets()
                .add(Objects.requireNonNull(LogsPane.class.getResource(sheet)).toExternalForm());
        histogram.pointedProperty().bindBidirectional(cursor);
        palette.subscribe(surface::palette);
        fontSize.subscribe(size -> size(size.doubleValue()));
        LogsVoice voice = new LogsVoice(model, surface, Platform.accessibilityActiveProperty());
        model.statusProperty().subscribe(voice::hear);
        model.onWork(this::wake);
        sceneProperty().subscribe(this::wake);
    }

    /** The colours that the rows are painted with. */
    public ObjectProperty<Palette> paletteProperty() {
        return palette;
    }

    /** The size of interface text, in pixels; the rows and all that belongs to them follow it. */
    public DoubleProperty fontSizeProperty() {
        return fontSize;
    }

    private void size(double size) {
        surface.fontSize(size);
        marks.fontSize(size);
    }

    /** Where somebody points on a time axis, this one's included; null while nobody does. */
    public ObjectProperty<@Nullable Instant> pointedProperty() {
        return cursor;
    }

    /** The gateway's address, for the command that an empty log offers. */
    public StringProperty gatewayProperty() {
        return gateway;
    }

    /** The keys of the rows. */
    public KeyTable keys() {
        return keys;
    }

    private void wake() {
        boolean shown = getScene() != null;
        if (shown && !ticking) {
            ticking = true;
            timer.start();
        } else if (!shown && ticking) {
            ticking = false;
            timer.stop();
        }
    }

    private void tick() {
        boolean drawing = mouse.tick();
        if (model.pulse()) {
            surface.paint();
            histogram.paint(palette.get());
            LineSelection selection = model.screen().selection();
            if (selection != null && detailShown()) {
                detail.show(selection.caret().line());
            }
        }
        if (!drawing && !model.busy()) {
            ticking = false;
            timer.stop();
        }
    }

    private boolean detailShown() {
        return split.getItems().contains(detail);
    }

    /** The rows on the screen, as they were painted last. */
    List<String> visibleLines() {
        return surface.visibleLines();
    }

    /** Whether it takes part in every frame, for tests. */
    boolean ticking() {
        return ticking;
    }

    LogsMarks marks() {
        return marks;
    }

    LogsSurface surface() {
        return surface;
    }

    LogsDetail detail() {
        return detail;
    }

    private final class Actions implements LogsKeys.Actions {

        @Override
        public void find() {
            toolbar.focusFind();
        }

        @Override
        public void filter() {
            toolbar.focusFilter();
        }

        @Override
        public void copy() {
            model.screen().copy().ifPresent(clipboard::put);
        }

        @Override
        public void details() {
            LineSelection selection = model.screen().selection();
            if (selection == null || !model.store().holds(selection.caret().line())) {
                return;
            }
            detail.show(selection.caret().line());
            below(detail);
            model.screen().reveal(selection.caret().line());
        }

        private void below(Node wanted) {
            if (!split.getItems().contains(wanted)) {
                split.getItems().removeAll(detail, marks);
                split.getItems().add(wanted);
                split.setDividerPositions(0.6);
            }
        }

        @Override
        public void note() {
            Cursor line = does.current();
            if (line == null) {
                model.acted(Texts.text("logs.first.note"));
                return;
            }
            if (model.notes().bookmarks().note(line).isEmpty()) {
                does.toggleBookmark();
            }
            below(marks);
            marks.write(line);
        }

        @Override
        public void marks() {
            if (split.getItems().contains(marks)) {
                close();
            } else {
                marks.show();
                below(marks);
            }
        }

        @Override
        public void openLink() {
            if (!model.links().take(clipboard.text())) {
                model.acted(Texts.text("logs.first.copiedLink"));
            }
        }

        @Override
        public boolean close() {
            boolean closed = split.getItems().removeAll(detail, marks);
            surface.requestFocus();
            return closed;
        }
    }
}
