package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.theme.Nodes;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where I am, how it stands, what can be done about it, and one field for everything else. */
final class HeaderBar extends HBox {

    private static final double SEARCH_WIDTH = 400;
    private static final double SEARCH_SHARE = 0.25;
    private static final double FORECAST_FROM = 1000; // narrower windows have no room for it

    private final Gestures gestures;
    private final Label path = Nodes.label("", "muted");
    private final Label run = Nodes.label("", "strong");
    private final Label pill = Nodes.label("", "pill");
    private final Label eta = Nodes.label("", "muted");
    private final Label late = Nodes.label("", "warn");
    private final HBox forecast = new HBox(5, eta, late);
    private final Tooltip blocked = new Tooltip();
    private final Map<CommandVerb, Button> buttons = new EnumMap<>(CommandVerb.class);
    private @Nullable RunKey key;

    /**
     * A header that follows the chosen run.
     *
     * @param runsButton opens the list of runs where it has no column of its own
     */
    HeaderBar(
            ObservableValue<@Nullable Headline> chosen,
            Gestures gestures,
            Button runsButton,
            Runnable openPalette) {
        this.gestures = gestures;
        getStyleClass().add("header-bar");
        HBox name = row(8, Logo.mark(), Nodes.label(text("shell.name"), "strong"));
        name.setMinWidth(Region.USE_PREF_SIZE);
        HBox where = row(0, path, run);
        path.setMinWidth(0);
        run.setMinWidth(Region.USE_PREF_SIZE);
        pill.setMinWidth(Region.USE_PREF_SIZE);
        forecast.setAlignment(Pos.CENTER_LEFT);
        forecast.setMinWidth(Region.USE_PREF_SIZE);
        HBox commands = row(8);
        commands.setMinWidth(Region.USE_PREF_SIZE);
        for (CommandVerb verb :
                List.of(
                        CommandVerb.PAUSE,
                        CommandVerb.RESUME,
                        CommandVerb.RETRY,
                        CommandVerb.CANCEL)) {
            Button button = Nodes.button(words(verb), () -> command(verb));
            if (verb == CommandVerb.CANCEL) {
                button.getStyleClass().add("danger");
            }
            buttons.put(verb, button);
            commands.getChildren().add(button);
        }
        getChildren()
                .addAll(
                        name,
                        runsButton,
                        where,
                        pill,
                        forecast,
                        commands,
                        Nodes.spacer(),
                        search(openPalette));
        widthProperty().subscribe(this::showForecast);
        chosen.subscribe(this::show);
    }

    private static HBox row(double gap, Node... nodes) {
        HBox row = new HBox(gap, nodes);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Button search(Runnable openPalette) {
        Label prompt = Nodes.label(text("shell.search"));
        Label keys = Nodes.label(text("shell.search.keys"));
        keys.setMinWidth(Region.USE_PREF_SIZE);
        prompt.setMinWidth(0);
        HBox inside = row(8, prompt, Nodes.spacer(), keys);
        Button search = new Button();
        search.setId("search");
        search.getStyleClass().add("search-button");
        search.setGraphic(inside);
        search.setAccessibleText(text("shell.search"));
        search.setMinWidth(Region.USE_PREF_SIZE);
        search.prefWidthProperty()
                .bind(Bindings.min(SEARCH_WIDTH, widthProperty().multiply(SEARCH_SHARE)));
        inside.prefWidthProperty().bind(search.widthProperty().subtract(20));
        search.setOnAction(_ -> openPalette.run());
        return search;
    }

    private void show(@Nullable Headline line) {
        show(pill, line != null);
        buttons.forEach(
                (verb, button) -> show(button, line != null && line.commands().contains(verb)));
        block(line == null ? "" : line.blocked());
        eta.setText(line == null ? "" : line.eta());
        late.setText(line == null ? "" : line.late());
        showForecast();
        if (line == null) {
            key = null;
            path.setText(text("shell.run.none"));
            run.setText("");
            return;
        }
        if (!line.run().equals(key)) {
            key = line.run();
            path.setText(key.workspace() + " / " + key.workflow() + " / ");
            path.setTooltip(new Tooltip(key.toString()));
            run.setTooltip(new Tooltip(key.toString()));
        }
        run.setText(text("shell.run", line.when().isEmpty() ? line.run().run() : line.when()));
        pill.setText(line.state());
        Nodes.state(pill, line.tone());
    }

    /** What cannot be done now says why: to the mouse, and to those who listen. */
    private void block(String why) {
        blocked.setText(why);
        for (Button button : buttons.values()) {
            button.setDisable(!why.isEmpty());
            button.setAccessibleHelp(why);
            Node around = button.getParent(); // what is disabled shows no tooltip itself
            if (why.isEmpty()) {
                Tooltip.uninstall(around, blocked);
            } else {
                Tooltip.install(around, blocked);
            }
        }
    }

    private void showForecast() {
        show(forecast, getWidth() >= FORECAST_FROM && !eta.getText().isEmpty());
    }

    private static void show(Node node, boolean wanted) {
        node.setVisible(wanted);
        node.setManaged(wanted);
    }

    private void command(CommandVerb verb) {
        if (key != null) {
            gestures.command(key, verb);
        }
    }

    private static String words(CommandVerb verb) {
        return switch (verb) {
            case PAUSE -> text("shell.pause");
            case RESUME -> text("shell.resume");
            case RETRY -> text("shell.retry");
            case CANCEL -> text("shell.cancel");
        };
    }
}
