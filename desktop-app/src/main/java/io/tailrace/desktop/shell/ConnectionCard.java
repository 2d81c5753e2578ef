package io.tailrace.desktop.shell;

import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.connection.ConnectionModel;
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
        list.setAccessibleText("Channels");
        list.setCellFactory(_ -> new ChannelRow.Cell());
        list.setPrefHeight(24 * 8);
        list.setPlaceholder(Nodes.label("Nothing came of any channel yet.", "muted"));
        HBox buttons =
                new HBox(
                        8,
                        Nodes.button("Reconnect now", gestures::reconnect),
                        Nodes.button("Choose what to receive", gestures::chooseChannels),
                        letters(letters),
                        Nodes.spacer(),
                        Nodes.button("Close", close));
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
                .bind(letters.badge().map(count -> count.isEmpty() ? "Dead letters" : count));
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
        figure(0, 0, "received since the start", grouped(connection.received().get()));
        figure(0, 2, "kept from before", grouped(connection.restored().get()));
        figure(1, 0, "lag, half within", StatusBar.lag(connection.lagMedian().get()));
        figure(1, 2, "lag, 99 % within", StatusBar.lag(connection.lagP99().get()));
        figure(2, 0, "still behind", grouped(connection.behind().get()) + " entries");
        figure(2, 2, "values left out", grouped(connection.ledger().conflated()));
        figure(3, 0, "not understood", grouped(connection.unreadable().get()));
        figure(3, 2, "token", gestures.tokenEnd());
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
                8, words, Nodes.button("Fetch what is kept", () -> gestures.backFill(gap), "chip"));
    }

    private static String grouped(long number) {
        return StatusBar.grouped(number);
    }

    /** A channel as one line of the table. */
    record ChannelRow(
            String channel, String received, String atGateway, String standing, boolean late) {

        static ChannelRow of(ChannelLedger.Line line, @Nullable KeptChannel kept) {
            String here = grouped(line.received());
            if (kept == null) {
                return new ChannelRow(line.channel().name(), here, "", "", false);
            }
            boolean all = all(line, kept);
            return new ChannelRow(
                    line.channel().name(),
                    here,
                    grouped(kept.events()),
                    all ? "complete to now" : "catching up",
                    !all);
        }

        private static boolean all(ChannelLedger.Line line, KeptChannel kept) {
            return kept.newest() == null
                    || (line.newest() != null
                            && line.newest().epoch().equals(kept.newest().epoch())
                            && line.newest().position() >= kept.newest().position());
        }

        static HBox header() {
            HBox box = line("channel", "received", "gateway keeps", "", "muted");
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
