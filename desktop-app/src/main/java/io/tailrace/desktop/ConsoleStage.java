package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.shell.Logo;
import io.tailrace.desktop.state.Tokens;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.theme.Theme;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The window on the screen and what it remembers; one console is in it at a time, another gateway
 * means another console. FX thread only.
 */
final class ConsoleStage implements AutoCloseable {

    private final Stage stage;
    private final Options options;
    private static final String CONTRAST = "+contrast";
    private static final Duration LOOK = Duration.millis(500);

    private final Failures failures;
    private final Memory memory;
    private final Credentials credentials;
    private final Theme theme;
    private WindowState state;
    private Console console;
    private final Scene scene;

    ConsoleStage(Stage stage, Options options, Failures failures, Memory memory, Tokens tokens) {
        this.stage = stage;
        this.options = options;
        this.failures = failures;
        this.memory = memory;
        WindowState loaded = memory.window();
        state = options.gateway() == null ? loaded : loaded.withGateway(options.gateway());
        credentials = new Credentials(options, System.getenv(), state.gateway(), tokens);
        theme = new Theme(chosenTheme(), state.look().fontSize());
        theme.contrast().set(state.look().theme().endsWith(CONTRAST));
        console = first();
        scene = new Scene(console.window().root(), width(), height());
        theme.style(scene);
    }

    /** Shows the window and connects. */
    void open() {
        stage.getIcons().add(Logo.icon());
        stage.setMinWidth(640);
        stage.setMinHeight(400);
        stage.setMaximized(state.size().maximized());
        stage.setScene(scene);
        stage.titleProperty().bind(console.window().title());
        console.start();
        stage.show();
        console.window().focusLog(); // so that its keys work at once
        console.feed().pump().eachSecond(this::remember);
    }

    /** Connects, looks for a while, draws a picture and ends the application. */
    void draw(Options.Screenshot picture) {
        console.start();
        // A scene without a window is laid out only when it is drawn.
        Timeline looks = new Timeline(new KeyFrame(LOOK, _ -> look()));
        looks.setCycleCount(Math.max(2, (int) (picture.after().toMillis() / LOOK.toMillis())));
        looks.setOnFinished(_ -> {
            try {
                Pictures.write(scene, picture.file());
            } catch (IOException e) {
                System.err.println(
                        text(
                                "console.picture.failed",
                                picture.file(),
                                String.valueOf(e.getMessage())));
            }
            Platform.exit();
        });
        looks.play();
    }

    /** Drawing is slow without a screen: everything that waits is shown before it. */
    private void look() {
        console.catchUp();
        Pictures.look(scene);
    }

    /** Ends the connection and remembers how the window was left. */
    @Override
    public void close() {
        if (options.screenshot() == null) {
            note();
            memory.write();
        }
        console.close();
        console.awaitEnd();
    }

    private double width() {
        return options.screenshot() == null ? state.size().width() : options.screenshot().width();
    }

    private double height() {
        return options.screenshot() == null ? state.size().height() : options.screenshot().height();
    }

    private Console first() {
        Path file = options.incident();
        if (file != null) {
            try {
                return saved(Incidents.open(file, failures::tell));
            } catch (IOException e) {
                failures.tell(String.valueOf(e.getMessage()));
            }
        }
        return console(state.gateway(), null);
    }

    private Console saved(Incidents.Opened incident) {
        return console(incident.gateway(), incident);
    }

    private Console console(URI gateway, Incidents.@Nullable Opened incident) {
        boolean remembers = options.screenshot() == null && incident == null;
        if (remembers) {
            memory.uses(gateway, memory.channels(gateway));
        }
        return new Console(
                gateway,
                options,
                state,
                new Console.Around(stage, theme, credentials, memory, failures),
                new Console.Exits(incident, this::goTo, this::open));
    }

    private void goTo(URI gateway, String token) {
        if (!token.isEmpty()) {
            keep(gateway, token);
        }
        state = stateNow().withGateway(gateway);
        show(() -> console(gateway, null));
    }

    private void open(Path file) {
        try {
            Incidents.Opened incident = Incidents.open(file, failures::tell);
            show(() -> saved(incident));
        } catch (IOException e) {
            failures.tell(String.valueOf(e.getMessage()));
        }
    }

    /** The former console lets go of its files before the next one wants them. */
    private void show(Supplier<Console> next) {
        note();
        memory.write();
        console.close();
        console = next.get();
        scene.setRoot(console.window().root());
        stage.titleProperty().bind(console.window().title());
        console.start();
        console.feed().pump().eachSecond(this::remember);
        remember();
    }

    private void keep(URI gateway, String token) {
        try {
            credentials.typed(gateway, token);
        } catch (IOException e) {
            failures.report(text("console.token.notKept"), e);
        }
    }

    /** So that a crash or a signal costs no more than a second of it. */
    private void remember() {
        note();
        Thread _ = Thread.ofVirtual().name("remember").start(memory::write);
    }

    private void note() {
        console.gateway().ifPresent(gateway -> memory.note(stateNow(), gateway, console.view()));
    }

    private WindowState stateNow() {
        WindowState.Size size =
                stage.isMaximized()
                        ? new WindowState.Size(state.size().width(), state.size().height(), true)
                        : new WindowState.Size(scene.getWidth(), scene.getHeight(), false);
        String look = theme.choice().get().name().toLowerCase(Locale.ROOT);
        String contrast = theme.contrast().get() ? CONTRAST : "";
        return console.into(state.withSize(size))
                .withLook(new WindowState.Look(look + contrast, theme.fontSize().get()));
    }

    private Theme.Choice chosenTheme() {
        if (options.theme() != null) {
            return options.theme();
        }
        try {
            return Theme.Choice.valueOf(
                    state.look().theme().replace(CONTRAST, "").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Theme.Choice.SYSTEM; // written by a version that knows other names
        }
    }
}
