package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.chat.ChatGestures;
import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.logs.FindQuery;
import io.tailrace.desktop.shell.FileDialogs;
import io.tailrace.desktop.shell.Found;
import io.tailrace.desktop.shell.Gestures;
import io.tailrace.desktop.shell.MainWindow;
import io.tailrace.desktop.state.IncidentFile;
import io.tailrace.desktop.state.ViewState;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.workflow.RunCommands;
import io.tailrace.desktop.workflow.RunsMemory;
import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.wire.KeptChannel;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what people ask for in the window and in the chat. FX thread only. */
final class Wishes implements Gestures, ChatGestures {

    private final Feed feed;
    private final Errands errands;
    private final RunCommands commands;
    private final Evidence evidence;
    private final Ways ways;
    private final Times times;
    private final InstantSource clock;

    /**
     * What leads elsewhere.
     *
     * @param window the inside of the window
     * @param files asks for files
     * @param credentials who we are
     * @param memory what is known of gateways
     * @param view how the gateway is looked at now
     * @param everything finds runs, tasks, measures and alerts
     * @param live whether there is a gateway; otherwise something that was saved is shown
     * @param notice says a sentence
     * @param goTo shows another gateway, as somebody
     * @param openFile shows a saved incident
     */
    record Ways(
            Supplier<MainWindow> window,
            FileDialogs files,
            Credentials credentials,
            Memory memory,
            Supplier<ViewState> view,
            Supplier<Everything> everything,
            boolean live,
            Consumer<String> notice,
            BiConsumer<URI, String> goTo,
            Consumer<Path> openFile) {}

    Wishes(
            Feed feed,
            Errands errands,
            RunCommands commands,
            Evidence evidence,
            Ways ways,
            Times times,
            InstantSource clock) {
        this.feed = feed;
        this.errands = errands;
        this.commands = commands;
        this.evidence = evidence;
        this.ways = ways;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public void reconnect() {
        feed.reconnectNow();
    }

    @Override
    public void connectTo(URI gateway, String token) {
        ways.goTo().accept(gateway, token);
    }

    @Override
    public List<Found> search(String text) {
        return ways.everything().get().search(text);
    }

    @Override
    public void findInLog(String text) {
        feed.models().logs().find(new FindQuery(text, false, false));
        window().showLog();
    }

    @Override
    public void find(String text) {
        findInLog(text);
    }

    @Override
    public void ask(String question) {
        if (live()) {
            feed.models().chat().ask(question);
            window().showChat();
        }
    }

    @Override
    public void followLog() {
        feed.models().logs().follow();
        window().showLog();
    }

    @Override
    public void command(RunKey run, CommandVerb verb) {
        if (live()) {
            commands.command(run, verb);
        }
    }

    @Override
    public void open(Citation citation) {
        evidence.open(citation);
    }

    @Override
    public void chooseChannels() {
        window().chooseChannels();
    }

    @Override
    public List<String> channels() {
        return errands.channels();
    }

    @Override
    public void receive(List<String> channels) {
        if (live()) {
            errands.receive(channels, now -> ways.memory().uses(feed.status().gateway(), now));
        }
    }

    @Override
    public void askChannels(Consumer<List<KeptChannel>> taker) {
        if (ways.live()) {
            errands.askChannels(taker);
        }
    }

    @Override
    public String tokenEnd() {
        return ways.credentials()
                .end(feed.status().gateway())
                .map(end -> text("console.token.until", times.whenExactly(end, clock.instant())))
                .orElse(text("console.token.unknown"));
    }

    @Override
    public void backFill(ChannelLedger.Missing gap) {
        if (live()) {
            errands.backFill(gap);
        }
    }

    @Override
    public void saveIncident(String note) {
        RunState run = feed.models().runs().chosen().get();
        String name = run == null ? "incident" : run.key().workflow() + "-" + run.key().run();
        ways.files()
                .save(text("shell.incident.title"), name + IncidentFile.SUFFIX)
                .ifPresent(file -> saveIncident(file, run, note));
    }

    /** Writes measures into a file that spreadsheets read. */
    void exportMetrics(String csv) {
        ways.files()
                .save(text("console.export.title"), "metrics.csv")
                .ifPresent(file -> {
                    try {
                        Files.writeString(file, csv);
                        ways.notice().accept(text("console.export.done", file));
                    } catch (IOException e) {
                        ways.notice()
                                .accept(
                                        text(
                                                "console.export.failed",
                                                file,
                                                String.valueOf(e.getMessage())));
                    }
                });
    }

    private void saveIncident(Path file, @Nullable RunState run, String note) {
        Incidents.Subjects subjects =
                new Incidents.Subjects(feed.status().gateway(), run, feed.models().runs().all());
        ViewState now = ways.view().get();
        ViewState view = run == null ? now : RunsMemory.choosing(run.key(), now);
        Thread _ =
                Thread.ofVirtual()
                        .name("incident")
                        .start(() -> {
                            var cache = feed.connection().cache();
                            String said = Incidents.save(file, subjects, note, view, cache);
                            feed.pump().execute(() -> ways.notice().accept(said));
                        });
    }

    @Override
    public void openIncident() {
        ways.files()
                .open(text("shell.do.openIncident"), "*" + IncidentFile.SUFFIX)
                .ifPresent(this::openIncident);
    }

    @Override
    public void openIncident(Path file) {
        ways.openFile().accept(file);
    }

    private boolean live() {
        if (!ways.live()) {
            ways.notice().accept(text("console.saved"));
        }
        return ways.live();
    }

    private MainWindow window() {
        return ways.window().get();
    }
}
