package io.tailrace.desktop.chat;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;
import io.tailrace.model.SuggestedAction;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A question at the right and its answer at the left. */
final class TurnView extends VBox {

    private final ChatGestures gestures;
    private final Times times;
    private final Consumer<String> ask;
    private final Label bubble = new Label();
    private final HBox question = new HBox(bubble);
    private final VBox answer = new VBox();
    private final FlowPane actions = new FlowPane();
    private final Label note = new Label();
    private ChatTurn turn;

    TurnView(ChatTurn turn, ChatGestures gestures, Times times, Consumer<String> ask) {
        this.turn = turn;
        this.times = times;
        this.gestures = gestures;
        this.ask = ask;
        getStyleClass().add("chat-turn");
        bubble.getStyleClass().add("chat-question");
        bubble.setWrapText(true);
        bubble.maxWidthProperty().bind(widthProperty().multiply(0.85));
        question.setAlignment(Pos.CENTER_RIGHT);
        answer.getStyleClass().add("chat-answer");
        actions.getStyleClass().add("chat-actions");
        note.getStyleClass().addAll("small", "muted", "chat-note");
        note.setWrapText(true);
        getChildren().setAll(question, answer, note, actions);
        MenuItem copy = new MenuItem(text("chat.copy"));
        copy.setOnAction(_ -> copy());
        ContextMenu menu = new ContextMenu(copy);
        setOnContextMenuRequested(event -> menu.show(this, event.getScreenX(), event.getScreenY()));
        show(turn);
    }

    /** Shows the turn as it is now. */
    void show(ChatTurn newTurn) {
        turn = newTurn;
        bubble.setText(turn.question());
        question.setVisible(!turn.question().isEmpty());
        question.setManaged(question.isVisible());
        answer.getChildren().clear();
        for (ChatPart part : turn.parts()) {
            answer.getChildren().add(statement(part));
        }
        boolean said = turn.parts().stream().anyMatch(ChatPart::saysPartial);
        if (turn.partial() && turn.phase() == ChatPhase.DONE && !said) {
            Label partial = new Label(text("chat.partial"));
            partial.getStyleClass().addAll("small", "chat-partial");
            partial.setWrapText(true);
            answer.getChildren().add(partial);
        }
        if (turn.phase().open()) {
            caret();
        }
        actions.getChildren().setAll(turn.actions().stream().map(this::button).toList());
        actions.setManaged(!turn.actions().isEmpty());
        bubble.setOpacity(turn.phase() == ChatPhase.SENDING ? 0.7 : 1);
    }

    /** Says how the waiting goes; empty text says nothing. */
    void say(String text) {
        note.setText(text);
        note.setVisible(!text.isEmpty());
        note.setManaged(!text.isEmpty());
        note.getStyleClass().removeAll("muted", "error");
        note.getStyleClass().add(turn.phase() == ChatPhase.FAILED ? "error" : "muted");
    }

    ChatTurn turn() {
        return turn;
    }

    private TextFlow statement(ChatPart part) {
        TextFlow flow = new TextFlow();
        flow.getStyleClass().add("chat-statement");
        for (Markdown.Span span : Markdown.spans(worded(part))) {
            Text text = new Text(span.text());
            switch (span.look()) {
                case PLAIN -> {}
                case BOLD -> text.getStyleClass().add("strong");
                case CODE -> text.getStyleClass().add("mono");
            }
            text.getStyleClass().add(part.saysPartial() ? "chat-partial" : "chat-text");
            flow.getChildren().add(text);
        }
        for (Citation citation : part.citations()) {
            flow.getChildren().add(new Text(" "));
            flow.getChildren().add(chip(citation));
        }
        return flow;
    }

    private Button chip(Citation citation) {
        Button chip = new Button(citation.label());
        chip.setMnemonicParsing(false); // names have underscores
        chip.getStyleClass().add("chat-chip");
        chip.setAccessibleText(text("chat.open", citation.label()));
        chip.setOnAction(_ -> gestures.open(citation));
        return chip;
    }

    private void caret() {
        Region caret = new Region();
        caret.getStyleClass().add("chat-caret");
        if (!answer.getChildren().isEmpty()
                && answer.getChildren().getLast() instanceof TextFlow last) {
            last.getChildren().addAll(new Text(" "), caret);
        } else {
            answer.getChildren().add(new TextFlow(caret));
        }
    }

    private Node button(SuggestedAction action) {
        Button button = new Button(action.label());
        button.setMnemonicParsing(false);
        button.getStyleClass().add("chat-action");
        switch (action.action()) {
            case "ask" -> button.setOnAction(_ -> ask.accept(action.argument()));
            case "find" -> button.setOnAction(_ -> gestures.find(action.argument()));
            case "command" -> command(button, action.argument());
            default -> button.setDisable(true); // of a later version of the gateway
        }
        return button;
    }

    private void command(Button button, String name) {
        RunKey run = turn.run();
        CommandVerb verb = CommandVerb.ofWireName(name).orElse(null);
        button.setDisable(run == null || verb == null);
        if (run != null && verb != null) {
            button.setOnAction(_ -> gestures.command(run, verb));
        }
    }

    private String worded(ChatPart part) {
        return Wording.local(part.text(), times, turn.askedAt());
    }

    private void copy() {
        String text = turn.parts().stream().map(this::worded).collect(Collectors.joining("\n"));
        TextClipboard.system().put(text);
    }
}
