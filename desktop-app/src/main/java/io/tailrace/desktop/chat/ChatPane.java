package io.tailrace.desktop.chat;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Nodes;
import io.tailrace.model.RunKey;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Questions at the right, answers at the left, a field to ask at the bottom. FX thread only. */
public final class ChatPane extends BorderPane {

    private static final double ROOM_FOR_SUGGESTIONS = 260; // lower panes show answers only

    private final ChatModel model;
    private final ChatGestures gestures;
    private final Times times;
    private final VBox turns = new VBox();
    private final ScrollPane scroll = new ScrollPane(turns);
    private final TextField field = new TextField();
    private final Map<String, TurnView> views = new HashMap<>();
    private boolean atEnd = true;
    private int recalled = -1; // which earlier question stands in the field

    /**
     * Shows a conversation.
     *
     * @param gestures does what answers offer
     * @param times the reader's zone
     */
    public ChatPane(ChatModel model, ChatGestures gestures, Times times) {
        this.model = model;
        this.gestures = gestures;
        this.times = times;
        getStyleClass().add("chat-pane");
        getStylesheets()
                .add(
                        Objects.requireNonNull(ChatPane.class.getResource("chat.css"))
                                .toExternalForm());
        turns.getStyleClass().add("chat-turns");
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("chat-scroll");
        scroll.setAccessibleText(text("chat.answers"));
        setTop(header());
        setCenter(new StackPane(scroll, invitation()));
        setBottom(new VBox(suggestions(), input()));
        Nodes.focusesFirst(this, field); // not a suggestion or a chip that stands above it
        model.turns().addListener((ListChangeListener<ChatTurn>) _ -> refresh());
        model.now().subscribe(this::explainWaiting);
        model.connected().subscribe(this::explainWaiting);
        turns.heightProperty().subscribe(_ -> follow());
        scroll.addEventFilter(ScrollEvent.SCROLL, _ -> scrolled());
        scroll.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> scrolled());
        scroll.addEventFilter(KeyEvent.KEY_RELEASED, _ -> scrolled());
        refresh();
    }

    private HBox header() {
        Label title = new Label(text("chat.title"));
        title.getStyleClass().add("strong");
        Label about = new Label();
        about.getStyleClass().addAll("muted", "small");
        model.focus().subscribe(run -> about.setText(about(run)));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(title, space, about);
        header.getStyleClass().addAll("pane-header", "chat-header");
        return header;
    }

    private static String about(@Nullable RunKey run) {
        return run == null ? text("chat.about.all") : text("chat.about.run");
    }

    private Label invitation() {
        Label words = new Label(text("chat.invitation"));
        words.getStyleClass().addAll("muted", "small", "chat-invitation");
        words.setWrapText(true);
        StackPane.setAlignment(words, Pos.TOP_LEFT);
        Runnable show = () -> words.setVisible(model.turns().isEmpty());
        model.turns().addListener((ListChangeListener<ChatTurn>) _ -> show.run());
        show.run();
        return words;
    }

    /** Stand above the field for as long as the conversation goes on. */
    private FlowPane suggestions() {
        FlowPane chips = new FlowPane();
        chips.getStyleClass().addAll("chat-actions", "chat-suggestions");
        Runnable offer =
                () ->
                        chips.getChildren()
                                .setAll(model.suggestions().stream().map(this::chip).toList());
        model.turns().addListener((ListChangeListener<ChatTurn>) _ -> offer.run());
        model.focus().subscribe(offer);
        chips.visibleProperty().bind(heightProperty().greaterThan(ROOM_FOR_SUGGESTIONS));
        chips.managedProperty().bind(chips.visibleProperty());
        return chips;
    }

    private Button chip(String text) {
        Button chip = new Button(text);
        chip.getStyleClass().add("chat-action");
        chip.setOnAction(_ -> {
            atEnd = true;
            model.ask(text);
        });
        return chip;
    }

    private HBox input() {
        field.setAccessibleText(text("chat.field"));
        field.getStyleClass().add("chat-field");
        field.setOnAction(_ -> {
            model.ask(field.getText());
            field.clear();
            recalled = -1;
            atEnd = true;
            follow();
        });
        field.setOnKeyPressed(this::typed);
        model.focus()
                .subscribe(run ->
                        field.setPromptText(
                                run == null ? text("chat.field.all") : text("chat.field.run")));
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox box = new HBox(field);
        box.getStyleClass().add("chat-input");
        return box;
    }

    private void typed(KeyEvent event) {
        switch (event.getCode()) {
            case UP -> recall(recalled + 1);
            case DOWN -> recall(recalled - 1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** Puts an earlier question into the field; 0 is the latest, -1 none. */
    private void recall(int wanted) {
        List<String> asked = model.questions();
        if (wanted < -1 || wanted >= asked.size()) {
            return;
        }
        recalled = wanted;
        field.setText(wanted < 0 ? "" : asked.reversed().get(wanted));
        field.end();
    }

    private void refresh() {
        List<TurnView> shown =
                model.turns().stream()
                        .map(turn ->
                                views.computeIfAbsent(
                                        turn.id(),
                                        _ -> new TurnView(turn, gestures, times, model::ask)))
                        .toList();
        for (int i = 0; i < shown.size(); i++) {
            ChatTurn turn = model.turns().get(i);
            if (!turn.equals(shown.get(i).turn())) {
                shown.get(i).show(turn);
            }
        }
        if (!turns.getChildren().equals(shown)) {
            turns.getChildren().setAll(shown);
            views.values().retainAll(shown);
        }
        explainWaiting();
    }

    private void explainWaiting() {
        for (TurnView view : views.values()) {
            view.say(view.turn().waiting(model.now().get(), model.connected().get()));
        }
    }

    /** The end stays in sight unless somebody scrolled away from it. */
    private void follow() {
        if (atEnd) {
            model.later(() -> scroll.setVvalue(1)); // after the scroll pane kept its place
        }
    }

    private void scrolled() {
        model.later(() -> {
            double hidden = turns.getHeight() - scroll.getViewportBounds().getHeight();
            atEnd = hidden <= 0 || (1 - scroll.getVvalue()) * hidden < 24;
        });
    }
}
