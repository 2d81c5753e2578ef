package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.theme.Nodes;

import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Asks for a note before everything about a run is saved into one file. */
final class IncidentForm extends VBox {

    /**
     * An empty note.
     *
     * @param run the run it is about; null for everything that is kept
     */
    IncidentForm(@Nullable String run, Consumer<String> save, Runnable close) {
        getStyleClass().add("sheet-card");
        setMaxSize(520, USE_PREF_SIZE);
        setPrefWidth(520);
        Label explained =
                Nodes.label(
                        run == null ? text("shell.incident.all") : text("shell.incident.run", run),
                        "muted");
        explained.setWrapText(true);
        TextArea note = new TextArea();
        note.setId("incident-note");
        note.setPromptText(text("shell.incident.note"));
        note.setAccessibleText(text("shell.incident.note.help"));
        note.setPrefRowCount(5);
        HBox buttons =
                new HBox(
                        8,
                        Nodes.button(
                                text("shell.incident.save"),
                                () -> {
                                    close.run();
                                    save.accept(note.getText().strip());
                                },
                                "primary"),
                        Nodes.spacer(),
                        Nodes.button(text("shell.close"), close));
        getChildren()
                .addAll(
                        Nodes.label(text("shell.incident.title"), "heading"),
                        explained,
                        note,
                        buttons);
    }
}
