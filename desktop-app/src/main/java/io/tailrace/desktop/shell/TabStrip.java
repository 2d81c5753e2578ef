package io.tailrace.desktop.shell;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import java.util.ArrayList;
import java.util.List;

/** Several panes in one place, chosen by words above them. */
final class TabStrip extends BorderPane {

    private final List<ToggleButton> words = new ArrayList<>();
    private final List<Region> contents = new ArrayList<>();
    private final HBox header = new HBox();
    private final StackPane place = new StackPane();
    private final ToggleGroup group = new ToggleGroup();
    private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper(-1);

    TabStrip() {
        header.getStyleClass().add("pane-header");
        setTop(header);
        setCenter(place);
        setMinSize(0, 0);
        place.setMinSize(0, 0);
    }

    /** Adds a pane; the first one is shown. */
    TabStrip with(ObservableValue<String> title, Region content) {
        int index = words.size();
        ToggleButton word = new ToggleButton();
        word.textProperty().bind(title);
        word.getStyleClass().setAll("toggle-button", "tab-word");
        word.setToggleGroup(group);
        word.setMinWidth(Region.USE_PREF_SIZE);
        word.setOnAction(_ -> choose(index));
        words.add(word);
        contents.add(content);
        header.getChildren().add(word);
        if (index == 0) {
            choose(0);
        }
        return this;
    }

    /** Shows the pane of that number, from 0. */
    void choose(int index) {
        words.get(index).setSelected(true);
        place.getChildren().setAll(contents.get(index));
        chosen.set(index);
    }

    /** Shows this pane if it is one of them. */
    boolean choose(Region content) {
        int index = contents.indexOf(content);
        if (index >= 0) {
            choose(index);
        }
        return index >= 0;
    }

    /** Which pane is shown, from 0. */
    ReadOnlyIntegerProperty chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** Lets go of the panes, so that they can stand elsewhere. */
    void release() {
        place.getChildren().clear();
        header.getChildren().clear();
    }
}
