package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.stage.Modality;
import javafx.stage.Window;

import java.util.function.Supplier;

/** Asks in a dialog above a window; does not block. */
public final class ConfirmationDialog implements Confirmation {

    private final Supplier<Window> owner;

    /**
     * Asks above a window.
     *
     * @param owner the window, asked for when it is needed
     */
    public ConfirmationDialog(Supplier<Window> owner) {
        this.owner = owner;
    }

    @Override
    public void ask(String question, String button, Runnable confirmed) {
        Window window = owner.get();
        ButtonType yes = new ButtonType(button, ButtonData.OK_DONE);
        ButtonType no = new ButtonType(text("workflow.cancel.no"), ButtonData.CANCEL_CLOSE);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(window);
        dialog.initModality(Modality.WINDOW_MODAL);
        dialog.setTitle(button);
        DialogPane pane = dialog.getDialogPane();
        pane.setHeaderText(null);
        pane.setContentText(question);
        pane.getButtonTypes().setAll(yes, no);
        pane.getStyleClass().add("confirmation");
        if (pane.lookupButton(yes) instanceof Button destroys) {
            destroys.getStyleClass().add("danger");
            destroys.setDefaultButton(false); // Enter must not destroy work
        }
        if (pane.lookupButton(no) instanceof Button keeps) {
            keeps.setDefaultButton(true);
        }
        Scene scene = window.getScene();
        if (scene != null) {
            pane.getStylesheets().setAll(scene.getStylesheets());
            pane.setStyle(scene.getRoot().getStyle());
        }
        dialog.setOnHidden(_ -> {
            if (yes.equals(dialog.getResult())) {
                confirmed.run();
            }
        });
        dialog.show();
    }
}
