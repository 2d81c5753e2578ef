package io.tailrace.desktop;

import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.metrics.MetricsPane;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.TokenStore;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.server.Gateway;
import io.tailrace.server.settings.Settings;

import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Draws every screen of the console, dark and light, small and large: empty, busy, broken, offline.
 * A gateway in this process is told a story over HTTP, and real consoles look at it. Started by
 * {@link io.tailrace.desktop.bench.Screens}.
 */
public final class ScreenTour extends Application {

    private static final int[][] SIZES = {{1000, 700}, {1920, 1200}};

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder = Path.of(System.getProperty("screens", "target/screens"));
    private final String only = System.getProperty("screens.only", "");

    /** For JavaFX, which calls it by reflection. */
    public ScreenTour() {}

    @Override
    public void start(Stage stage) {
        Platform.setImplicitExit(false);
        try {
            tour(stage);
        } catch (Exception e) {
            System.out.println("The pictures could not be drawn: " + e);
        } finally {
            http.close();
            Platform.exit();
        }
    }

    private void tour(Stage stage) throws Exception {
        Files.createDirectories(folder);
        Path kept = Files.createTempDirectory("screens");
        Failures failures = new Failures(kept.resolve("logs"));
        String[] settings = {"--port=0", "--store=memory"};
        try (Gateway empty = Gateway.start(Settings.load(settings, Map.of()));
                Gateway busy = Gateway.start(Settings.load(settings, Map.of()))) {
            new TourStory(Instant.now()).tell(http, address(busy));
            for (Theme.Choice choice : List.of(Theme.Choice.DARK, Theme.Choice.LIGHT)) {
                for (int[] size : SIZES) {
                    Visit visit = new Visit(stage, kept, failures, choice, size);
                    visit.empty(address(empty));
                    visit.busy(address(busy));
                    visit.offline(URI.create("http://127.0.0.1:9"));
                }
            }
        }
    }

    private static URI address(Gateway gateway) {
        return URI.create("http://127.0.0.1:" + gateway.port());
    }

    /** One size and one theme. */
    private final class Visit {

        private final Stage stage;
        private final Path kept;
        private final Failures failures;
        private final Theme theme;
        private final int[] size;
        private final String name;
        private @Nullable Console console;
        private @Nullable Scene scene;

        Visit(Stage stage, Path kept, Failures failures, Theme.Choice choice, int[] size) {
            this.stage = stage;
            this.kept = kept;
            this.failures = failures;
            this.theme = new Theme(choice, Theme.NORMAL_SIZE);
            this.size = size;
            this.name = "%s-%d".formatted(choice.name().toLowerCase(Locale.ROOT), size[0]);
        }

        void empty(URI gateway) throws IOException {
            open(gateway);
            connected();
            draw("empty");
            close();
        }

        void offline(URI gateway) throws IOException {
            open(gateway);
            settle(() -> shown().feed().status().standing().get() == Standing.WAITING);
            draw("offline");
            close();
        }

        void busy(URI gateway) throws IOException {
            open(gateway);
            connected();
            settle(() -> shown().feed().models().runs().all().size() > 8);
            draw("timeline");
            for (String tab : List.of("Graph", "Compare", "Progress")) {
                click(tab);
                draw(tab.toLowerCase(Locale.ROOT));
            }
            click("Timeline");
            click("Metrics");
            press(KeyCode.DIGIT4, true, false);
            if (root().lookup(".metrics-pane") instanceof MetricsPane pane) {
                pane.open("queue");
                draw("chart");
                pane.close();
            }
            press(KeyCode.DIGIT6, true, false);
            alerts();
            draw("alerts");
            press(KeyCode.DIGIT5, true, false);
            shown().feed().models().chat().ask("What failed and why?");
            settle(() -> true);
            draw("chat");
            sheets();
            broken();
            theme.contrast().set(true);
            draw("contrast");
            theme.contrast().set(false);
            textSize("large-text", 5, theme::larger);
            textSize("largest-text", 11, theme::larger);
            textSize("smallest-text", 4, theme::smaller);
            close();
        }

        private void textSize(String what, int times, Runnable step) throws IOException {
            for (int i = 0; i < times; i++) {
                step.run();
            }
            draw(what);
            theme.normalSize();
        }

        private void alerts() {
            for (Node node : root().lookupAll(".tab-word")) {
                if (node instanceof ButtonBase tab && tab.getText().startsWith("Alerts")) {
                    tab.fire();
                }
            }
        }

        private void sheets() throws IOException {
            press(KeyCode.K, true, false);
            if (root().lookup("#palette-field") instanceof TextField field) {
                field.setText("load");
            }
            draw("palette");
            escape();
            shown().window().help();
            draw("keys");
            escape();
            press(KeyCode.D, true, false);
            settle(() -> root().lookup(".letters-list .list-cell") != null);
            if (root().lookup(".letters-list") instanceof ListView<?> list) {
                list.getSelectionModel().selectFirst();
            }
            settle(() -> true);
            draw("letters");
            escape();
            Event.fireEvent(root().lookup("#connection"), key(KeyCode.ENTER, false, false));
            settle(() -> true);
            draw("connection");
            escape();
            press(KeyCode.S, true, false);
            draw("incident");
            escape();
        }

        private void broken() throws IOException {
            var runs = shown().feed().models().runs();
            runs.all().stream()
                    .filter(run -> run.error() != null)
                    .findFirst()
                    .ifPresent(run -> runs.select(run.key()));
            settle(() -> true);
            draw("broken");
        }

        private void open(URI gateway) {
            Options options = Options.parse(List.of("--screenshot=x.png", "--gateway=" + gateway));
            Memory memory = new Memory(kept, kept.resolve("gateways"), failures);
            WindowState state = new StateFile(kept.resolve("none.json")).load();
            Credentials credentials =
                    new Credentials(
                            options,
                            Map.of(),
                            gateway,
                            new TokenStore(kept.resolve("tokens.json")));
            Console opened =
                    new Console(
                            gateway,
                            options,
                            state,
                            new Console.Around(stage, theme, credentials, memory, failures),
                            new Console.Exits(null, (_, _) -> {}, _ -> {}));
            console = opened;
            scene = new Scene(opened.window().root(), size[0], size[1]);
            theme.style(scene);
            opened.start();
        }

        private void connected() {
            settle(() -> shown().feed().status().standing().get() == Standing.CONNECTED);
        }

        private void close() {
            shown().close();
            scene().setRoot(new StackPane());
        }

        private void draw(String what) throws IOException {
            if (!what.contains(only)) {
                return;
            }
            settle(() -> true);
            Pictures.write(scene(), folder.resolve(what + "-" + name + ".png"));
            System.out.println(what + " " + name);
        }

        /**
         * Pumps on this thread, which is the FX thread, until something is true and a bit longer.
         */
        private void settle(BooleanSupplier done) {
            long end = System.nanoTime() + 20_000_000_000L;
            int more = 4;
            while (System.nanoTime() < end && more > 0) {
                shown().catchUp();
                more -= done.getAsBoolean() ? 1 : 0;
                frames();
            }
            Pictures.look(scene());
            shown().catchUp();
        }

        /** Lets the panes that paint in frames do so. */
        private static void frames() {
            Object loop = new Object();
            PauseTransition pause = new PauseTransition(Duration.millis(80));
            pause.setOnFinished(_ -> Platform.exitNestedEventLoop(loop, null));
            pause.play();
            Platform.enterNestedEventLoop(loop);
        }

        private void click(String tab) {
            for (Node node : root().lookupAll(".tab-word")) {
                if (node instanceof Labeled label
                        && label.getText().equals(tab)
                        && node instanceof ButtonBase button) {
                    button.fire();
                }
            }
        }

        private void press(KeyCode code, boolean control, boolean shift) {
            Event.fireEvent(root(), key(code, control, shift));
        }

        private void escape() {
            Node overlay = root().lookup(".veil");
            if (overlay != null) {
                Event.fireEvent(overlay, key(KeyCode.ESCAPE, false, false));
            }
        }

        private static KeyEvent key(KeyCode code, boolean control, boolean shift) {
            return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false);
        }

        private Node root() {
            return scene().getRoot();
        }

        private Scene scene() {
            return Objects.requireNonNull(scene);
        }

        private Console shown() {
            return Objects.requireNonNull(console);
        }
    }
}
