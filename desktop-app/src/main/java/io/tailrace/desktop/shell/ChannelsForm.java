package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.theme.Nodes;
import io.tailrace.model.ChannelPattern;
import io.tailrace.wire.KeptChannel;

import javafx.geometry.Insets;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Chooses what is received: everything, some workspaces, or patterns. */
final class ChannelsForm extends VBox {

    private static final double WIDTH = 520;
    private static final String EVERYTHING = "*";

    private final Gestures gestures;
    private final Runnable close;
    private final TextField patterns = new TextField();
    private final VBox workspaces = new VBox(4);
    private final Label wrong = Nodes.label("", "error", "small");

    /** A form that shows what is received now. */
    ChannelsForm(Gestures gestures, Runnable close) {
        this.gestures = gestures;
        this.close = close;
        getStyleClass().add("sheet-card");
        setMaxSize(WIDTH, USE_PREF_SIZE);
        setPrefWidth(WIDTH);
        patterns.setId("channels-field");
        patterns.setText(String.join(", ", gestures.channels()));
        patterns.setAccessibleText(text("shell.channels.field"));
        patterns.setOnAction(_ -> apply());
        ScrollPane scroll = new ScrollPane(workspaces);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(220);
        scroll.getStyleClass().add("metrics-scroll");
        workspaces.setPadding(new Insets(2, 0, 2, 0));
        workspaces.getChildren().add(Nodes.label(text("shell.channels.asking"), "muted", "small"));
        Label explained = Nodes.label(text("shell.channels.explained"), "muted", "small");
        explained.setWrapText(true);
        HBox buttons =
                new HBox(
                        8,
                        Nodes.button(text("shell.channels.receive"), this::apply, "primary"),
                        Nodes.button(
                                text("shell.channels.all"), () -> patterns.setText(EVERYTHING)),
                        Nodes.spacer(),
                        Nodes.button(text("shell.close"), close));
        getChildren()
                .addAll(
                        Nodes.label(text("shell.channels.title"), "heading"),
                        explained,
                        scroll,
                        Nodes.label(text("shell.channels.patterns"), "muted", "small"),
                        patterns,
                        wrong,
                        buttons);
        gestures.askChannels(this::offer);
    }

    private void offer(List<KeptChannel> channels) {
        TreeMap<String, Long> known = new TreeMap<>();
        for (KeptChannel channel : channels) {
            String workspace = channel.channel().workspace();
            if (workspace != null) {
                known.merge(workspace, channel.events(), Long::sum);
            }
        }
        workspaces.getChildren().clear();
        known.forEach((workspace, events) -> {
            CheckBox box = new CheckBox(count("shell.channels.workspace", events, workspace));
            box.setMnemonicParsing(false);
            box.setSelected(chosen().containsAll(of(workspace)) || chosen().contains(EVERYTHING));
            box.setOnAction(_ -> choose(workspace, box.isSelected()));
            workspaces.getChildren().add(box);
        });
        if (known.isEmpty()) {
            workspaces
                    .getChildren()
                    .add(Nodes.label(text("shell.channels.none"), "muted", "small"));
        }
    }

    private void choose(String workspace, boolean wanted) {
        List<String> now = new ArrayList<>(chosen());
        now.remove(EVERYTHING);
        now.removeAll(of(workspace));
        if (wanted) {
            now.addAll(of(workspace));
            if (!now.contains("alerts:*")) {
                now.add("alerts:*");
            }
        }
        patterns.setText(String.join(", ", now));
    }

    private List<String> chosen() {
        return Arrays.stream(patterns.getText().split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Everything of a workspace. */
    static List<String> of(String workspace) {
        return List.of(
                "logs:" + workspace + ":*",
                "runs:" + workspace + ":*",
                "commands:" + workspace + ":*",
                "metrics:" + workspace);
    }

    private void apply() {
        List<String> wanted = chosen();
        try {
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException(text("shell.channels.missing"));
            }
            wanted.forEach(ChannelPattern::parse);
            gestures.receive(wanted);
            close.run();
        } catch (IllegalArgumentException e) {
            wrong.setText(String.valueOf(e.getMessage()));
        }
    }
}
