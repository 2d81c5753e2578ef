package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.theme.Nodes;
import io.tailrace.model.Channel;
import io.tailrace.wire.KeptChannel;

import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything about the connection: figures, what came of each channel, and what is missing. */
final class ConnectionCard extends VBox {

    private static final double WIDTH = 620;
    private static final int ASK_EVERY = 5; // seconds

    private final ConnectionModel connection;
    private final Gestures gestures;
    private final Label standing = Nodes.label("", "heading");
    private final Label reason = Nodes.label("", "muted");
    private final GridPane figures = new GridPane(18, 3);
    private final ObservableList<ChannelRow> rows = FXCollections.observableArrayList();
    private final VBox gaps = new VBox(4);
    private final Map<Channel, KeptChannel> kept = new HashMap<>();
    private final ChangeListener<Instant> tick = (_, _, _) -> refresh();
    private int seconds;

    /**
     * The way to what the gateway could not take.
     *
     * @param badge how much that is; empty when nothing is
     * @param open shows it
     */
    record Letters(ObservableValue<String> badge, Runnable open) {}

    /** A card that is brought up to date each second while it is in a window. */
    ConnectionCard(ConnectionModel connection, Gestures gestures, Letters letters, Runnable close) {
        this.connection = connection;
        this.gestures = gestures;
        getStyleClass().add("sheet-card");
        setMaxSize(WIDTH, USE_PREF_SIZE);
        setPrefWidth(WIDTH);
        reason.setWrapText(true);
        for (int i = 0; i < 4; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setHalignment(i % 2 == 0 ? HPos.LEFT : HPos.RIGHT);
            column.setHgrow(i % 2 == 0 ? Priority.NEVER : Priority.ALWAYS);
            figures.getColumnConstraints().add(column);
        }
        ListView<ChannelRow> list = new ListView<>(rows);
        list.setId("channel-list");
        list.setFixedCellSize(24);
        list.setAccessibleText(text("shell.card.channels"));
        list.setCellFactory(_ -> new ChannelRow.Cell());
        list.setPrefHeight(24 * 8);
        list.setPlaceholder(Nodes.label(text("shell.card.none"), "muted"));
        HBox buttons =
                new HBox(
                        8,
                        Nodes.button(text("shell.reconnect"), gestures::reconnect),
                        Nodes.button(text("shell.channels.choose"), gestures::chooseChannels),
                        letters(letters),
                        Nodes.spacer(),
                        Nodes.button(text("shell.close"), close));
        getChildren().addAll(standing, reason, figures, ChannelRow.header(), list, gaps, buttons);
        sceneProperty()
                .subscribe(scene -> {
                    connection.time().removeListener(tick);
                    if (scene != null) {
                        connection.time().addListener(tick);
                        refresh();
                    }
                });
    }

    private static Button letters(Letters letters) {
        Button button = Nodes.button("", letters.open());
        button.textProperty()
                .bind(
                        letters.badge()
                                .map(count ->
                                        count.isEmpty() ? text("shell.card.letters") : count));
        return button;
    }

    private void refresh() {
        if (seconds++ % ASK_EVERY == 0) {
            gestures.askChannels(this::kept);
        }
        standing.setText(connection.standing().get().word());
        String why = connection.reason().get();
        reason.setText(why);
        reason.setVisible(!why.isEmpty());
        reason.setManaged(!why.isEmpty());
        figures.getChildren().clear();
        figure(0, 0, text("shell.card.received"), Numbers.grouped(connection.received().get()));
        figure(0, 2, text("shell.card.kept"), Numbers.grouped(connection.restored().get()));
        figure(1, 0, text("shell.card.lag"), StatusBar.lag(connection.lagMedian().get()));
        figure(1, 2, text("shell.card.lag99"), StatusBar.lag(connection.lagP99().get()));
        figure(
                2,
                0,
                text("shell.card.behind"),
                count("shell.card.entries", connection.behind().get()));
        figure(
                2,
                2,
                text("shell.card.conflated"),
                Numbers.grouped(connection.ledger().conflated()));
        figure(3, 0, text("shell.card.unreadable"), Numbers.grouped(connection.unreadable().get()));
        figure(3, 2, text("shell.card.token"), gestures.tokenEnd());
        List<ChannelRow> now =
                connection.ledger().lines().stream()
                        .limit(1_000)
                        .map(line -> ChannelRow.of(line, kept.get(line.channel())))
                        .toList();
        if (!rows.equals(now)) {
            rows.setAll(now);
        }
        gaps.getChildren()
                .setAll(connection.ledger().missing().stream().limit(6).map(this::gap).toList());
    }

    private void kept(List<KeptChannel> channels) {
        kept.clear();
        channels.forEach(channel -> kept.put(channel.channel(), channel));
    }

    private void figure(int row, int column, String name, String value) {
        figures.add(Nodes.label(name, "muted", "small"), column, row);
        figures.add(Nodes.label(value, "small"), column + 1, row);
    }

    private HBox gap(ChannelLedger.Missing gap) {
        Label words = Nodes.label(GapWords.of(gap), "warn", "small");
        words.setWrapText(true);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        return new HBox(
                8,
                words,
                Nodes.button(text("shell.card.fetch"), () -> gestures.backFill(gap), "chip"));
    }

    /** A channel as one line of the table. */
    record ChannelRow(
            String channel, String received, String atGateway, String standing, boolean late) {

        static ChannelRow of(ChannelLedger.Line line, @Nullable KeptChannel kept) {
            String here = Numbers.grouped(line.received());
            if (kept == null) {
                return new ChannelRow(line.channel().name(), here, "", "", false);
            }
            boolean all = all(line, kept);
            return new ChannelRow(
                    line.channel().name(),
                    here,
                    Numbers.grouped(kept.events()),
                    all ? text("shell.card.complete") : text("shell.catchingUp"),
                    !all);
        }

        private static boolean all(ChannelLedger.Line line, KeptChannel kept) {
            return kept.newest() == null
                    || (line.newest() != null
                            && line.newest().epoch().equals(kept.newest().epoch())
                            && line.newest().position() >= kept.newest().position());
        }

        static HBox header() {
            HBox box =
                    line(
                            text("shell.card.head.channel"),
                            text("shell.card.head.received"),
                            text("shell.card.head.gateway"),
                            "",
                            "muted");
            box.setStyle("-fx-padding: 6 14 0 14;");
            return box;
        }

        private static HBox line(
                String channel, String received, String atGateway, String standing, String tone) {
            Label name = Nodes.label(channel, "small", tone);
            name.setMinWidth(0);
            HBox.setHgrow(name, Priority.ALWAYS);
            name.setMaxWidth(Double.MAX_VALUE);
            return new HBox(
                    8,
                    name,
                    number(received, 90, tone),
                    number(atGateway, 110, tone),
                    number(standing, 110, tone));
        }

        private static Label number(String text, double width, String tone) {
            Label label = Nodes.label(text, "small", tone);
            label.setMinWidth(width);
            label.setPrefWidth(width);
            label.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
            return label;
        }

        /** A line of the list. */
        private static final class Cell extends javafx.scene.control.ListCell<ChannelRow> {

            @Override
            protected void updateItem(@Nullable ChannelRow row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(
                        empty || row == null
                                ? null
                                : line(
                                        row.channel(),
                                        row.received(),
                                        row.atGateway(),
                                        row.standing(),
                                        row.late() ? "warn" : "text"));
            }
        }
    }
}
