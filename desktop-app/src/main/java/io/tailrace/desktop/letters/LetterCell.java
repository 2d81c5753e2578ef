package io.tailrace.desktop.letters;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.Times;
import io.tailrace.wire.DeadLetter;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;

/** A row of the list: when, from whom, why. */
final class LetterCell extends ListCell<DeadLetter> {

    private final Times times;
    private final InstantSource clock;
    private final Label when = new Label();
    private final Label who = new Label();
    private final Label reason = new Label();
    private final VBox row;

    LetterCell(Times times, InstantSource clock) {
        this.times = times;
        this.clock = clock;
        when.getStyleClass().addAll("muted", "small");
        who.getStyleClass().addAll("muted", "small");
        who.setMinWidth(0);
        reason.setMinWidth(0);
        when.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        row = new VBox(1, reason, new HBox(8, who, space, when));
        row.setPrefWidth(0); // as wide as the list, not as the text
    }

    @Override
    protected void updateItem(@Nullable DeadLetter letter, boolean empty) {
        super.updateItem(letter, empty);
        if (empty || letter == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        when.setText(times.whenExactly(letter.time(), clock.instant()));
        who.setText(
                letter.tries() == 0
                        ? letter.principal()
                        : text(
                                "letters.who.again",
                                letter.principal(),
                                Numbers.grouped(letter.tries())));
        reason.setText(letter.reason());
        setAccessibleText(
                text("letters.read", letter.reason(), letter.principal(), when.getText()));
        setGraphic(row);
    }
}
