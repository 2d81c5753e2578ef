package io.tailrace.desktop.letters;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Nodes;
import io.tailrace.wire.DeadLetter;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/** Dead letters: the list, what the chosen one says, and what can be done with it. */
public final class LettersPane extends BorderPane {

    private static final double ROW_PER_FONT_SIZE = 3.3;
    private static final double LIST_SHARE = 0.42;

    private final LettersModel model;
    private final Times times;
    private final ListView<DeadLetter> list;
    private final Label title = Nodes.label("", "heading");
    private final Label facts = Nodes.label("", "muted", "small");
    private final Label reason = Nodes.label("");
    private final TextArea text = new TextArea();
    private final Button again = Nodes.button(text("letters.again"), this::sendAgain, "primary");
    private final Button delete = Nodes.button(text("letters.delete"), this::deleteChosen);
    private final Button copy = Nodes.button(text("letters.copy"), this::copy);
    private final Button purge = Nodes.button(text("letters.purge"), () -> ask(true), "danger");
    private final HBox sure;
    private final KeyTable keys = new KeyTable(text("letters.keys.title"));

    /** Shows the letters of a model. */
    public LettersPane(LettersModel model, Times times, InstantSource clock) {
        this.model = model;
        this.times = times;
        this.list = new ListView<>(model.letters());
        this.sure = sure();
        getStyleClass().add("letters-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(LettersPane.class.getResource("letters.css"))
                                .toExternalForm());
        list.setCellFactory(_ -> new LetterCell(times, clock));
        list.setAccessibleText(text("letters.list"));
        list.getStyleClass().add("letters-list");
        list.setPlaceholder(placeholder());
        text.setEditable(false);
        text.getStyleClass().add("mono");
        text.setAccessibleText(text("letters.sent"));
        text.textProperty().bind(model.body());
        reason.setWrapText(true);
        facts.setWrapText(true);
        VBox detail = new VBox(8, reason, facts, text, new HBox(8, again, delete, copy));
        VBox.setVgrow(text, Priority.ALWAYS);
        detail.getStyleClass().add("letters-detail");
        SplitPane split = new SplitPane(list, detail);
        split.setDividerPositions(LIST_SHARE);
        setTop(header());
        setCenter(split);
        setBottom(footer());
        wire();
    }

    /** The size of interface text, in pixels: rows grow with it. */
    public void fontSize(double size) {
        list.setFixedCellSize((double) Math.round(size * ROW_PER_FONT_SIZE));
    }

    /** The keys of this pane. */
    public KeyTable keys() {
        return keys;
    }

    private void wire() {
        keys.on("R", text("letters.keys.again"), this::sendAgain)
                .on("Del", text("letters.keys.delete"), this::deleteChosen)
                .on("Ctrl+C", text("letters.keys.copy"), this::copy);
        keys.listen(list);
        list.getSelectionModel().selectedItemProperty().subscribe(model::choose);
        model.refreshing().subscribe(_ -> reselect());
        model.chosen().subscribe(this::show);
        model.badge().subscribe(_ -> showCount());
        model.asked().subscribe(_ -> showCount());
        model.problem().subscribe(_ -> showCount());
    }

    /** The row of what is being read may be another one now. */
    private void reselect() {
        DeadLetter letter = model.chosen().get();
        if (model.refreshing().get() || letter == null) {
            return;
        }
        for (DeadLetter now : model.letters()) {
            if (now.id() == letter.id()) {
                list.getSelectionModel().select(now);
                return;
            }
        }
        list.getSelectionModel().clearSelection();
    }

    private HBox header() {
        Button refresh = Nodes.button(text("letters.refresh"), model::refresh);
        HBox header = new HBox(8, title, Nodes.spacer(), refresh);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("letters-header");
        return header;
    }

    private HBox footer() {
        Label said = Nodes.label("", "muted");
        said.textProperty().bind(model.said());
        said.setMinWidth(0);
        HBox footer = new HBox(8, said, Nodes.spacer(), sure, purge);
        footer.setAlignment(Pos.CENTER_LEFT);
        footer.getStyleClass().add("letters-header");
        return footer;
    }

    /** Deleting all is asked for twice. */
    private HBox sure() {
        Button yes =
                Nodes.button(
                        text("letters.purge.yes"),
                        () -> {
                            ask(false);
                            model.purge();
                        },
                        "danger");
        Button no = Nodes.button(text("letters.purge.no"), () -> ask(false));
        HBox question = new HBox(8, Nodes.label(text("letters.purge.sure"), "warn"), no, yes);
        question.setAlignment(Pos.CENTER_LEFT);
        question.setVisible(false);
        question.setManaged(false);
        return question;
    }

    private void ask(boolean asking) {
        sure.setVisible(asking);
        sure.setManaged(asking);
        purge.setVisible(!asking);
        purge.setManaged(!asking);
        (asking ? sure.getChildren().get(1) : purge).requestFocus();
    }

    private Label placeholder() {
        Label label = Nodes.label("", "muted");
        label.setWrapText(true);
        label.getStyleClass().add("letters-empty");
        Runnable say =
                () -> {
                    String why = model.problem().get();
                    String none =
                            model.asked().get() ? text("letters.none") : text("letters.asking");
                    label.setText(why.isEmpty() ? none : why);
                };
        model.problem().subscribe(say);
        model.asked().subscribe(say);
        return label;
    }

    private void showCount() {
        int known = model.letters().size();
        title.setText(
                known == 0
                        ? text("letters.title")
                        : text("letters.title.many", Numbers.grouped(known)));
        String why = model.problem().get();
        purge.setDisable(known == 0 || !why.isEmpty());
        if (known > 0 && !why.isEmpty()) {
            title.setText(text("letters.title.old", why));
        }
    }

    private void show(@Nullable DeadLetter letter) {
        again.setDisable(letter == null || letter.cut());
        delete.setDisable(letter == null);
        copy.setDisable(letter == null);
        if (letter == null) {
            reason.setText(text("letters.choose"));
            facts.setText("");
            return;
        }
        reason.setText(letter.reason());
        String all = facts(letter);
        facts.setText(letter.cut() ? text("letters.facts.cut", all) : all);
    }

    private String facts(DeadLetter letter) {
        String when = times.exact(letter.time());
        String size = count("letters.bytes", letter.size());
        return letter.contentType().isEmpty()
                ? text("letters.facts", when, letter.principal(), letter.target(), size)
                : text(
                        "letters.facts.as",
                        when,
                        letter.principal(),
                        letter.target(),
                        size,
                        letter.contentType());
    }

    private void sendAgain() {
        withChosen(model::redrive);
    }

    private void deleteChosen() {
        withChosen(model::delete);
    }

    private void withChosen(Consumer<DeadLetter> action) {
        DeadLetter letter = model.chosen().get();
        if (letter != null) {
            action.accept(letter);
        }
    }

    private void copy() {
        TextClipboard.system().put(model.body().get());
    }
}
