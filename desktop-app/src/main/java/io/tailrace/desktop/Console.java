package io.tailrace.desktop;

import io.tailrace.client.RootConnectionSettings;
import io.tailrace.desktop.alerts.AlertRow;
import io.tailrace.desktop.alerts.AlertsPane;
import io.tailrace.desktop.chat.ChatPane;
import io.tailrace.desktop.connection.Connection;
import io.tailrace.desktop.logs.LogsPane;
import io.tailrace.desktop.metrics.MetricsPane;
import io.tailrace.desktop.shell.Content;
import io.tailrace.desktop.shell.FileDialogs;
import io.tailrace.desktop.shell.MainWindow;
import io.tailrace.desktop.shell.Notifier;
import io.tailrace.desktop.shell.Panes;
import io.tailrace.desktop.shell.Places;
import io.tailrace.desktop.state.ViewState;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.desktop.time.SharedTime;
import io.tailrace.desktop.workflow.ConfirmationDialog;
import io.tailrace.desktop.workflow.RunCommands;
import io.tailrace.desktop.workflow.RunsMemory;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.desktop.workflow.RunsPane;
import io.tailrace.desktop.workflow.WorkflowPane;
import io.tailrace.model.Cursor;
import io.tailrace.model.Level;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The console of one gateway: the feed, a pane for each of its models, and the window around them.
 * What people choose in one pane is brought to the others here and nowhere else. FX thread only.
 */
final class Console implements Evidence.Screen, AutoCloseable {

    private final Times times = new Times(ZoneId.systemDefault());
    private final InstantSource clock = Clock.systemUTC();
    private final StringProperty notice = new SimpleStringProperty("");
    private final SharedTime time = new SharedTime();
    private final Feed feed;
    private final EventRouter.Models models;
    private final Evidence evidence;
    private final RunLines runLines;
    private final LogNotes notes;
    private final AlertsPane alerts;
    private final Wishes wishes;
    private final MainWindow window;
    private final boolean live;
    private @Nullable Everything everything;

    /**
     * Where a console leads to.
     *
     * @param incident what was saved and is shown instead of the gateway; null for the gateway
     * @param goTo shows another console instead: of that gateway, with that token
     * @param openFile shows a saved incident instead
     */
    record Exits(
            Incidents.@Nullable Opened incident,
            BiConsumer<URI, String> goTo,
            Consumer<Path> openFile) {}

    /**
     * What outlives a console.
     *
     * @param stage where dialogs stand
     * @param theme how everything looks
     * @param credentials who we are
     * @param memory what is known of gateways
     * @param failures where everything goes that should not have happened
     */
    record Around(
            Stage stage, Theme theme, Credentials credentials, Memory memory, Failures failures) {}

    /**
     * Puts everything together; {@link #start} connects.
     *
     * @param state how the window was left
     */
    Console(URI gateway, Options options, WindowState state, Around around, Exits exits) {
        Incidents.Opened incident = exits.incident();
        live = incident == null;
        RootConnectionSettings wanted = wanted(gateway, options, around);
        Memory memory = around.memory();
        notes = memory.notes();
        feed =
                new Feed(
                        wanted,
                        incident == null ? live(wanted, options, memory) : incident.connection(),
                        clock,
                        times,
                        around.failures()::report,
                        this::notice,
                        notes.logs(gateway, live && options.screenshot() == null));
        models = feed.models();
        evidence = new Evidence(models.logs(), feed.facts(), feed.client(), feed.pump(), this);
        ConfirmationDialog dialog = new ConfirmationDialog(around::stage);
        RunCommands commands = new RunCommands(models.runs(), feed::send, dialog, feed.pump());
        Errands errands = new Errands(feed, options.session(), Errands.names(wanted), this::notice);
        wishes =
                new Wishes(
                        feed,
                        errands,
                        commands,
                        evidence,
                        new Wishes.Ways(
                                this::window,
                                FileDialogs.ofSystem(around::stage),
                                around.credentials(),
                                memory,
                                this::view,
                                this::everything,
                                live,
                                this::notice,
                                exits.goTo(),
                                exits.openFile()),
                        times,
                        clock);
        alerts =
                new AlertsPane(
                        models.alerts(), times, clock, time, evidence::open, models.runs()::select);
        Places places = new Places(memory.gateways(), around.credentials().place());
        window = new MainWindow(content(around.theme(), places), wishes, around.theme(), state);
        runLines = new RunLines(models.runs(), models.logs());
        var _ = new LogTime(models.logs(), time);
        restore(incident == null ? memory.view(gateway) : incident.view(), state);
        listen(around);
    }

    private static RootConnectionSettings wanted(URI gateway, Options options, Around around) {
        return RootConnectionSettings.of(
                        gateway,
                        options.session(),
                        options.channelsOr(around.memory().channels(gateway)))
                .withAccess(around.credentials().of(gateway));
    }

    private static Connection live(RootConnectionSettings wanted, Options options, Memory memory) {
        boolean keeps = options.screenshot() == null; // a picture leaves no trace
        return Feed.live(wanted, keeps ? memory.events(wanted.gateway()) : Optional::empty);
    }

    private void listen(Around around) {
        around.failures().tellTo(sentence -> feed.pump().execute(() -> notice(sentence)));
        AlertNews news =
                new AlertNews(
                        window.toasts()::show,
                        Notifier.ofSystem(System.getProperty("os.name", ""), System.getenv()),
                        around.stage()::isFocused,
                        alerts::open,
                        clock);
        models.alerts().onNews(news::tell);
        models.alerts()
                .rows()
                .addListener(
                        (ListChangeListener<AlertRow>)
                                _ -> time.marks().setAll(AlertNews.marks(models.alerts())));
    }

    /** Connects, and begins to show what arrives. */
    void start() {
        feed.start();
        feed.pump().start();
    }

    /** Shows everything that waits, however long it takes; for pictures. */
    void catchUp() {
        while (feed.pump().pulse() > 0) {
            // the next batch
        }
    }

    /** What it shows comes from there; for pictures and tests. */
    Feed feed() {
        return feed;
    }

    /** The window's inside. */
    MainWindow window() {
        return window;
    }

    /** The gateway it shows; empty for something that was saved. */
    Optional<URI> gateway() {
        return live ? Optional.of(feed.status().gateway()) : Optional.empty();
    }

    /** How the gateway is looked at now. */
    ViewState view() {
        ViewState view = RunsMemory.into(models.runs(), ViewState.FIRST);
        view = models.alerts().into(view);
        view = models.metrics().into(view);
        return view.with("logs.level", models.logs().filterProperty().get().level().name());
    }

    private void restore(ViewState view, WindowState state) {
        models.alerts().restore(view);
        RunsMemory.restore(models.runs(), view);
        models.metrics().restore(view);
        try {
            models.logs().showLevel(Level.valueOf(view.text("logs.level", Level.INFO.name())));
        } catch (IllegalArgumentException e) {
            // of a version that knows other levels
        }
        if (!state.seenUpTo().isEmpty()) {
            models.alerts().markSeenUpTo(Cursor.parse(state.seenUpTo()));
        }
    }

    /** What is to be remembered, in the rest of a state. */
    WindowState into(WindowState state) {
        Cursor seen = models.alerts().seenUpTo();
        WindowState sized = window.sizesInto(state);
        return seen == null ? sized : sized.withSeenUpTo(seen.toString());
    }

    /** Waits until what was received is on disk; some seconds at most. */
    void awaitEnd() {
        feed.connection().awaitEnd(3_000);
    }

    @Override
    public void close() {
        feed.pump().stop();
        notes.save(models.logs());
        feed.close();
    }

    private Content content(Theme theme, Places places) {
        RunsModel runs = models.runs();
        RunsPane runsPane = new RunsPane(runs, times);
        runsPane.fontSizeProperty().bind(theme.fontSize());
        WorkflowPane workflow =
                new WorkflowPane(
                        runs, times, time, choice -> runLines.show(choice), evidence::open);
        workflow.paletteProperty().bind(theme.palette());
        workflow.fontSizeProperty().bind(theme.fontSize());
        LogsPane logs = new LogsPane(models.logs());
        logs.paletteProperty().bind(theme.palette());
        logs.fontSizeProperty().bind(theme.fontSize());
        logs.pointedProperty().bindBidirectional(time.cursor());
        logs.gatewayProperty().set(feed.status().gateway().toString());
        MetricsPane metrics = new MetricsPane(models.metrics(), times, time, wishes::exportMetrics);
        metrics.paletteProperty().bind(theme.palette());
        metrics.fontSizeProperty().bind(theme.fontSize());
        ChatPane chat = new ChatPane(models.chat(), wishes, times);
        Letters letters = new Letters(feed, times, clock, theme, live);
        everything =
                Everything.of(
                        models,
                        times,
                        clock,
                        this::window,
                        choice -> runLines.show(choice),
                        metrics,
                        alerts);
        return new Content(
                new Panes(runsPane, workflow, logs, metrics, alerts, chat),
                feed.status(),
                new Headlines(feed, live).headline(),
                letters.drawer(),
                Stream.of(
                                Stream.of(logs.keys(), runsPane.keys()),
                                workflow.keys().stream(),
                                metrics.keys().stream(),
                                Stream.of(alerts.keys(), letters.keys()))
                        .flatMap(tables -> tables)
                        .toList(),
                models.alerts().unseen(),
                places,
                notice);
    }

    private Everything everything() {
        return Objects.requireNonNull(everything);
    }

    @Override
    public void log() {
        window.showLog();
    }

    @Override
    public void card(String title, String text) {
        window.showCard(title, text);
    }

    @Override
    public void notice(String sentence) {
        notice.set(sentence);
    }
}
