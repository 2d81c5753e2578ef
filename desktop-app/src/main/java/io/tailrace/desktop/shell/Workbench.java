package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.theme.Nodes;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Arranges the panes for the width there is: three columns; under 1200 px the right column becomes
 * tabs of the middle; under 900 px the runs leave for a drop-down.
 */
final class Workbench extends StackPane {

    /** Under this width the right column becomes tabs. */
    static final double MEDIUM = 1200;

    /** Under this width the runs become a drop-down. */
    static final double NARROW = 900;

    private enum Arrangement {
        WIDE,
        MEDIUM,
        NARROW;

        static Arrangement of(double width) {
            return width >= Workbench.MEDIUM ? WIDE : width >= Workbench.NARROW ? MEDIUM : NARROW;
        }
    }

    private final Panes panes;
    private final ObservableValue<String> alertsTitle;
    private final ReadOnlyBooleanWrapper runsShown = new ReadOnlyBooleanWrapper(true);
    private final DoubleProperty runsWidth;
    private final DoubleProperty sideWidth;
    private final DoubleProperty topHeight;
    private final DoubleProperty sideTopHeight;
    private @Nullable Arrangement arrangement;
    private @Nullable TabStrip tabs;

    Workbench(Panes panes, ObservableValue<String> alertsTitle, WindowState state) {
        this.panes = panes;
        this.alertsTitle = alertsTitle;
        runsWidth = new SimpleDoubleProperty(state.panes().runsWidth());
        sideWidth = new SimpleDoubleProperty(state.panes().sideWidth());
        topHeight = new SimpleDoubleProperty(state.panes().topHeight());
        sideTopHeight = new SimpleDoubleProperty(state.panes().sideTopHeight());
        setMinSize(0, 0);
        for (Region pane : all()) {
            pane.setMinSize(0, 0);
        }
        widthProperty().subscribe(width -> arrange(width.doubleValue()));
    }

    /** Whether the list of runs has a column of its own. */
    ReadOnlyBooleanProperty runsShown() {
        return runsShown.getReadOnlyProperty();
    }

    /** Brings a pane to where it can be seen and gives it the focus. */
    void reveal(Region pane) {
        if (tabs != null) {
            tabs.choose(pane);
        }
        layout();
        Nodes.focus(pane);
    }

    /** The widths and heights that the user chose, in the rest of a state. */
    WindowState sizesInto(WindowState state) {
        return state.withPanes(
                new WindowState.Panes(
                        runsWidth.get(), sideWidth.get(), topHeight.get(), sideTopHeight.get()));
    }

    private void arrange(double width) {
        Arrangement wanted = Arrangement.of(width);
        if (width <= 0 || wanted == arrangement) {
            return;
        }
        arrangement = wanted;
        if (tabs != null) {
            tabs.release();
        }
        getChildren().clear();
        runsShown.set(wanted != Arrangement.NARROW); // first: a drop-down lets go of the runs
        getChildren()
                .add(
                        switch (wanted) {
                            case WIDE -> withRuns(withSide(middle(panes.timeline())));
                            case MEDIUM -> withRuns(middle(everything()));
                            case NARROW -> middle(everything());
                        });
    }

    private Region withRuns(Region rest) {
        return new Splitter(
                Orientation.HORIZONTAL, panes.runs(), rest, Splitter.Sized.FIRST, runsWidth);
    }

    private Region withSide(Region middle) {
        tabs =
                new TabStrip()
                        .with(new SimpleStringProperty(text("shell.tab.metrics")), panes.metrics())
                        .with(alertsTitle, panes.alerts());
        Region side =
                new Splitter(
                        Orientation.VERTICAL,
                        tabs,
                        panes.chat(),
                        Splitter.Sized.FIRST,
                        sideTopHeight);
        return new Splitter(Orientation.HORIZONTAL, middle, side, Splitter.Sized.SECOND, sideWidth);
    }

    private Region middle(Region top) {
        return new Splitter(
                Orientation.VERTICAL, top, panes.log(), Splitter.Sized.FIRST, topHeight);
    }

    private TabStrip everything() {
        TabStrip strip =
                new TabStrip()
                        .with(new SimpleStringProperty(text("shell.tab.run")), panes.timeline())
                        .with(new SimpleStringProperty(text("shell.tab.metrics")), panes.metrics())
                        .with(alertsTitle, panes.alerts())
                        .with(new SimpleStringProperty(text("shell.tab.chat")), panes.chat());
        tabs = strip;
        return strip;
    }

    private List<Region> all() {
        return List.of(
                panes.runs(),
                panes.timeline(),
                panes.log(),
                panes.metrics(),
                panes.alerts(),
                panes.chat());
    }
}
