package io.tailrace.desktop.shell;

import io.tailrace.desktop.theme.Nodes;

import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.function.Consumer;

/** Asks for a note before everything about a run is saved into one file. */
final class IncidentForm extends VBox {

    IncidentForm(String about, Consumer<String> save, Runnable close) {
        getStyleClass().add("sheet-card");
        setMaxSize(520, USE_PREF_SIZE);
        setPrefWidth(520);
        Label explained =
                Nodes.label(
                        "One file with %s: lines, run, metrics, alerts, your note and this view. Another console opens it."
                                .formatted(about),
                        "muted");
        explained.setWrapText(true);
        TextArea note = new TextArea();
        note.setId("incident-note");
        note.setPromptText("What happened? (may stay empty)");
        note.setAccessibleText("A note for whoever opens the file");
        note.setPrefRowCount(5);
        HBox buttons =
                new HBox(
                        8,
                        Nodes.button(
                                "Save …",
                                () -> {
                                    close.run();
                                    save.accept(note.getText().strip());
                                },
                                "primary"),
                        Nodes.spacer(),
                        Nodes.button("Close", close));
        getChildren().addAll(Nodes.label("Save an incident", "heading"), explained, note, buttons);
    }
}
