package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.theme.Nodes;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.model.CommandVerb;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringExpression;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The window's inside: header above, panes in the middle, status bar below, at most one sheet over
 * it.
 */
public final class MainWindow {

    private static final double DROP_DOWN_WIDTH = 300;
    private static final double DRAWER_WIDTH = 1000;
    private static final double DRAWER_HEIGHT = 620;

    private final Content content;
    private final Gestures gestures;
    private final Overlay overlay = new Overlay();
    private final Toasts toasts = new Toasts();
    private final Workbench workbench;
    private final Actions actions;
    private final StackPane root;

    /**
     * Builds the inside of a window.
     *
     * @param content what it shows
     * @param gestures what people may ask for
     * @param state how it was left
     */
    public MainWindow(Content content, Gestures gestures, Theme theme, WindowState state) {
        this.content = content;
        this.gestures = gestures;
        workbench = new Workbench(content.panes(), alertsTitle(), state);
        actions =
                new Actions(
                        gestures,
                        theme,
                        this::focusPane,
                        new Actions.Sheets(
                                this::palette,
                                this::connect,
                                this::help,
                                this::details,
                                this::letters,
                                this::chooseChannels,
                                this::incident),
                        new Actions.RunKeys(
                                () -> command(CommandVerb.PAUSE, CommandVerb.RESUME),
                                () -> command(CommandVerb.RETRY),
                                () -> command(CommandVerb.CANCEL)));
        StackPane middle =
                new StackPane(
                        workbench, new Welcome(content.connection(), content.places(), gestures));
        BorderPane frame = new BorderPane(middle);
        frame.setTop(new HeaderBar(content.headline(), gestures, runsButton(), this::palette));
        frame.setBottom(
                new StatusBar(
                        content, gestures, new StatusBar.Doors(this::details, this::letters)));
        StackPane.setMargin(toasts, new Insets(54, 14, 0, 0));
        root = new StackPane(frame, toasts, overlay);
        workbench.runsShown().subscribe(_ -> closeDropDown());
        content.headline()
                .map(line -> line == null ? null : line.run())
                .subscribe(_ -> closeDropDown());
        root.addEventFilter(KeyEvent.KEY_PRESSED, actions.keys()::take);
        root.addEventHandler(KeyEvent.KEY_TYPED, actions.keys()::take);
        FileDrop.on(root, gestures::openIncident);
    }

    /** The list of runs goes away when a run was chosen or when it has a column again. */
    private void closeDropDown() {
        if (overlay.shows(content.panes().runs())) {
            overlay.close();
        }
    }

    /** What a scene shows. */
    public Parent root() {
        return root;
    }

    /** The window's title: what nobody looked at comes first, so that the task bar shows it. */
    public StringExpression title() {
        String name = text("shell.title", content.connection().gateway().getAuthority());
        var alerts = content.alerts();
        return Bindings.createStringBinding(
                () ->
                        alerts.get() == 0
                                ? name
                                : text("shell.title.alerts", Numbers.grouped(alerts.get()), name),
                alerts);
    }

    /** Where small news is shown. */
    public Toasts toasts() {
        return toasts;
    }

    /** Brings the log into view. */
    public void showLog() {
        workbench.reveal(content.panes().log());
    }

    /** Brings the chosen run over time into view. */
    public void showTimeline() {
        workbench.reveal(content.panes().timeline());
    }

    /** Brings the measures into view. */
    public void showMetrics() {
        workbench.reveal(content.panes().metrics());
    }

    /** Puts the keyboard into the log. */
    public void focusLog() {
        root.applyCss();
        root.layout(); // before that the rows are not in the window yet
        boolean _ = Nodes.focus(content.panes().log());
    }

    /** Brings the chat into view. */
    public void showChat() {
        workbench.reveal(content.panes().chat());
    }

    /** Shows a text over the window until it is closed. */
    public void showCard(String title, String text) {
        overlay.show(new TextCard(title, text, overlay::close), Pos.TOP_CENTER, new Insets(40));
    }

    /** How this window would like to be found again. */
    public WindowState sizesInto(WindowState state) {
        return workbench.sizesInto(state);
    }

    private StringExpression alertsTitle() {
        var alerts = content.alerts();
        return Bindings.createStringBinding(
                () ->
                        alerts.get() == 0
                                ? text("shell.tab.alerts")
                                : text("shell.tab.alerts.many", Numbers.grouped(alerts.get())),
                alerts);
    }

    private Button runsButton() {
        Button button = Nodes.button(text("shell.runs"), this::dropDown);
        button.setId("runs-button");
        Nodes.showWhen(button, workbench.runsShown().not());
        return button;
    }

    private void dropDown() {
        Region runs = content.panes().runs();
        StackPane card = new StackPane(runs);
        card.getStyleClass().add("sheet-card");
        card.setMaxSize(DROP_DOWN_WIDTH, root.getHeight() * 0.7);
        overlay.show(card, Pos.TOP_LEFT, new Insets(44, 0, 0, 110));
    }

    private void focusPane(int number) {
        Panes panes = content.panes();
        switch (number) {
            case 1 -> {
                if (workbench.runsShown().get()) {
                    workbench.reveal(panes.runs());
                } else {
                    dropDown();
                }
            }
            case 2 -> workbench.reveal(panes.timeline());
            case 3 -> workbench.reveal(panes.log());
            case 4 -> workbench.reveal(panes.metrics());
            case 5 -> workbench.reveal(panes.chat());
            default -> workbench.reveal(panes.alerts());
        }
    }

    private void palette() {
        CommandPalette palette =
                new CommandPalette(
                        actions.forPalette(),
                        gestures,
                        action -> {
                            overlay.close();
                            action.run().run();
                        });
        overlay.show(palette, Pos.TOP_CENTER, new Insets(60, 20, 20, 20));
    }

    private void details() {
        ConnectionCard card =
                new ConnectionCard(
                        content.connection(),
                        gestures,
                        new ConnectionCard.Letters(content.letters().badge(), this::letters),
                        overlay::close);
        overlay.show(card, Pos.BOTTOM_LEFT, new Insets(20, 20, 34, 14));
    }

    /** Shows what the gateway could not take. */
    private void letters() {
        Drawer drawer = content.letters();
        VBox card = new VBox(8, drawer.pane(), Nodes.button(text("shell.close"), overlay::close));
        VBox.setVgrow(drawer.pane(), Priority.ALWAYS);
        card.getStyleClass().add("sheet-card");
        card.setMaxSize(
                Math.min(DRAWER_WIDTH, root.getWidth() - 40),
                Math.min(DRAWER_HEIGHT, root.getHeight() - 100));
        overlay.show(card, Pos.TOP_CENTER, new Insets(50, 20, 20, 20));
        drawer.opened().run();
    }

    /** What makes sense of these for the chosen run; the others are not asked for. */
    private void command(CommandVerb... verbs) {
        Headline line = content.headline().getValue();
        if (line == null) {
            content.notice().set(text("shell.nothing.run"));
            return;
        }
        List<CommandVerb> offered =
                Stream.of(verbs).filter(verb -> line.commands().contains(verb)).toList();
        if (!line.blocked().isEmpty()) {
            content.notice().set(line.blocked());
        } else if (offered.isEmpty()) {
            content.notice().set(nothing(line.state(), verbs[0]));
        } else {
            gestures.command(line.run(), offered.getFirst());
        }
    }

    private static String nothing(String state, CommandVerb verb) {
        return switch (verb) {
            case PAUSE -> text("shell.nothing.pause", state);
            case RESUME -> text("shell.nothing.resume", state);
            case RETRY -> text("shell.nothing.retry", state);
            case CANCEL -> text("shell.nothing.cancel", state);
        };
    }

    /** Asks what to receive. */
    public void chooseChannels() {
        overlay.show(
                new ChannelsForm(gestures, overlay::close),
                Pos.TOP_CENTER,
                new Insets(60, 20, 20, 20));
    }

    private void incident() {
        Headline line = content.headline().getValue();
        String run = line == null ? null : line.run().run();
        overlay.show(
                new IncidentForm(run, gestures::saveIncident, overlay::close),
                Pos.TOP_CENTER,
                new Insets(60, 20, 20, 20));
    }

    private void connect() {
        ConnectForm form =
                new ConnectForm(content.connection().gateway(), content.places(), gestures);
        StackPane card = new StackPane(form);
        card.getStyleClass().add("sheet-card");
        card.setPadding(new Insets(20));
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        overlay.show(card, Pos.TOP_CENTER, new Insets(60, 20, 20, 20));
    }

    /** Shows every key there is. */
    public void help() {
        List<KeyTable> tables = new ArrayList<>(List.of(actions.keys()));
        tables.addAll(content.keys());
        overlay.show(new HelpSheet(tables, overlay::close), Pos.CENTER, new Insets(20));
    }
}
