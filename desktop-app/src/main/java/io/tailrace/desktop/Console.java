package io.tailrace.desktop;

import io.tailrace.client.Access;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.desktop.alerts.AlertsPane;
import io.tailrace.desktop.chat.ChatGestures;
import io.tailrace.desktop.chat.ChatPane;
import io.tailrace.desktop.logs.FindQuery;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.LogsPane;
import io.tailrace.desktop.metrics.MetricsPane;
import io.tailrace.desktop.shell.Content;
import io.tailrace.desktop.shell.Gestures;
import io.tailrace.desktop.shell.Headline;
import io.tailrace.desktop.shell.MainWindow;
import io.tailrace.desktop.shell.Panes;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.desktop.workflow.ConfirmationDialog;
import io.tailrace.desktop.workflow.RunCommands;
import io.tailrace.desktop.workflow.RunHeader;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.desktop.workflow.RunsPane;
import io.tailrace.desktop.workflow.TaskChoice;
import io.tailrace.desktop.workflow.WorkflowPane;
import io.tailrace.model.AttemptState;
import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The console of one gateway: the feed, a pane for each of its models, and the window around them.
 * What people ask for in one pane is brought to the others here and nowhere else. FX thread only.
 */
final class Console implements Gestures, ChatGestures, Evidence.Screen, AutoCloseable {

    private final Times times = new Times(ZoneId.systemDefault());
    private final InstantSource clock = Clock.systemUTC();
    private final StringProperty notice = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable Headline> headline =
            new ReadOnlyObjectWrapper<>();
    private final BiConsumer<URI, String> goTo;
    private final Feed feed;
    private final EventRouter.Models models;
    private final Evidence evidence;
    private final RunCommands commands;
    private final RunLines runLines;
    private final LogNotes notes = new LogNotes(StateFile.configFolder(), StateFile.logFolder());
    private final MainWindow window;

    /**
     * Puts everything together; {@link #start} connects.
     *
     * @param access who we are for this gateway
     * @param stage where dialogs stand
     * @param state how the window was left
     * @param goTo shows another console instead of this one: of that gateway, with that token
     */
    Console(
            URI gateway,
            Access access,
            Options options,
            Stage stage,
            Theme theme,
            WindowState state,
            Failures failures,
            BiConsumer<URI, String> goTo) {
        this.goTo = goTo;
        feed =
                new Feed(
                        RootConnectionSettings.of(gateway, options.session(), options.channels())
                                .withAccess(access),
                        clock,
                        times,
                        failures::report,
                        this::notice,
                        notes.logs(gateway, options.screenshot() == null));
        models = feed.models();
        evidence = new Evidence(models.logs(), feed.facts(), feed.client(), feed.pump(), this);
        commands =
                new RunCommands(
                        models.runs(),
                        feed::send,
                        new ConfirmationDialog(() -> stage),
                        feed.pump());
        window = new MainWindow(content(panes(theme)), this, theme, state);
        failures.tellTo(sentence -> feed.pump().execute(() -> notice(sentence)));
        if (!state.seenUpTo().isEmpty()) {
            models.alerts().markSeenUpTo(Cursor.parse(state.seenUpTo()));
        }
        models.runs()
                .header()
                .subscribe(line -> headline.set(line == null ? null : headline(line)));
        runLines = new RunLines(models.runs(), models.logs());
    }

    /** Connects, and begins to show what arrives. */
    void start() {
        feed.start();
        feed.pump().start();
    }

    /** The window's inside. */
    MainWindow window() {
        return window;
    }

    /** What is to be remembered, in the rest of a state. */
    WindowState into(WindowState state) {
        Cursor seen = models.alerts().seenUpTo();
        WindowState sized = window.sizesInto(state);
        return seen == null ? sized : sized.withSeenUpTo(seen.toString());
    }

    @Override
    public void close() {
        feed.pump().stop();
        notes.save(models.logs());
        feed.close();
    }

    private Panes panes(Theme theme) {
        RunsModel runs = models.runs();
        RunsPane runsPane = new RunsPane(runs, times);
        runsPane.fontSizeProperty().bind(theme.fontSize());
        WorkflowPane workflow = new WorkflowPane(runs, times, this::showTasksLines, evidence::open);
        workflow.paletteProperty().bind(theme.palette());
        workflow.fontSizeProperty().bind(theme.fontSize());
        LogsPane logs = new LogsPane(models.logs());
        logs.paletteProperty().bind(theme.palette());
        logs.gatewayProperty().set(feed.status().gateway().toString());
        MetricsPane metrics = new MetricsPane(models.metrics(), times);
        metrics.paletteProperty().bind(theme.palette());
        metrics.fontSizeProperty().bind(theme.fontSize());
        AlertsPane alerts =
                new AlertsPane(models.alerts(), times, clock, evidence::open, runs::select);
        return new Panes(
                runsPane, workflow, logs, metrics, alerts, new ChatPane(models.chat(), this));
    }

    private Content content(Panes panes) {
        return new Content(
                panes,
                feed.status(),
                headline.getReadOnlyProperty(),
                models.alerts().unseen(),
                notice);
    }

    private static Headline headline(RunHeader header) {
        Set<CommandVerb> offered = EnumSet.noneOf(CommandVerb.class);
        offer(offered, CommandVerb.PAUSE, header.canPause());
        offer(offered, CommandVerb.RESUME, header.canResume());
        offer(offered, CommandVerb.RETRY, header.canRetry());
        offer(offered, CommandVerb.CANCEL, header.canCancel());
        return new Headline(
                header.key(),
                header.when(),
                header.state(),
                header.tone().styleClass(),
                header.eta(),
                header.late(),
                offered);
    }

    private static void offer(Set<CommandVerb> offered, CommandVerb verb, boolean sensible) {
        if (sensible) {
            offered.add(verb);
        }
    }

    /** A chosen task's lines, at its error when it failed. */
    private void showTasksLines(TaskChoice choice) {
        LogsModel logs = models.logs();
        runLines.show();
        logs.showTask(choice.task());
        RunState run = models.runs().chosen().get();
        if (run != null && run.key().equals(choice.run()) && choice.task() != null) {
            run.task(choice.task())
                    .flatMap(Console::lastFailure)
                    .ifPresent(failed ->
                            logs.openNear(failed, choice.run(), choice.task(), Level.ERROR));
        }
    }

    private static Optional<Cursor> lastFailure(TaskState task) {
        return task.attempts().reversed().stream()
                .filter(attempt -> attempt.error() != null)
                .map(AttemptState::endedBy)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void reconnect() {
        feed.reconnectNow();
    }

    @Override
    public void connectTo(URI gateway, String token) {
        goTo.accept(gateway, token);
    }

    @Override
    public void findInLog(String text) {
        models.logs().find(new FindQuery(text, false, false));
        window.showLog();
    }

    @Override
    public void find(String text) {
        findInLog(text);
    }

    @Override
    public void ask(String question) {
        models.chat().ask(question);
        window.showChat();
    }

    @Override
    public void followLog() {
        models.logs().follow();
        window.showLog();
    }

    @Override
    public void command(RunKey run, CommandVerb verb) {
        commands.command(run, verb);
    }

    @Override
    public void open(Citation citation) {
        evidence.open(citation);
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
