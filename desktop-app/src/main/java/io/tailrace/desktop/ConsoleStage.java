package io.tailrace.desktop;

import io.tailrace.desktop.shell.Logo;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.Tokens;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.theme.Theme;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Duration;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/**
 * The window on the screen and what it remembers; one console is in it at a time, another gateway
 * means another console. FX thread only.
 */
final class ConsoleStage implements AutoCloseable {

    private final Stage stage;
    private final Options options;
    private final Failures failures;
    private final StateFile file;
    private final Credentials credentials;
    private final Theme theme;
    private WindowState state;
    private Console console;
    private final Scene scene;

    ConsoleStage(Stage stage, Options options, Failures failures, StateFile file, Tokens tokens) {
        this.stage = stage;
        this.options = options;
        this.failures = failures;
        this.file = file;
        WindowState loaded = file.load();
        state = options.gateway() == null ? loaded : loaded.withGateway(options.gateway());
        credentials = new Credentials(options, System.getenv(), state.gateway(), tokens);
        theme = new Theme(chosenTheme(), state.fontSize());
        console = console(state.gateway());
        scene = new Scene(console.window().root(), width(), height());
        theme.style(scene);
    }

    /** Shows the window and connects. */
    void open() {
        stage.getIcons().add(Logo.icon());
        stage.setMinWidth(640);
        stage.setMinHeight(400);
        stage.setMaximized(state.maximized());
        stage.setScene(scene);
        stage.titleProperty().bind(console.window().title());
        console.start();
        stage.show();
        console.window().focusLog(); // so that its keys work at once
    }

    /** Connects, looks for a while, draws a picture and ends the application. */
    void draw(Options.Screenshot picture) {
        console.start();
        // A scene without a window is laid out only when it is drawn.
        Timeline looks =
                new Timeline(new KeyFrame(Duration.millis(250), _ -> Pictures.look(scene)));
        looks.setCycleCount(Math.max(2, (int) picture.after().toMillis() / 250));
        looks.setOnFinished(_ -> {
            try {
                Pictures.write(scene, picture.file());
            } catch (IOException e) {
                System.err.println(
                        "The picture could not be written to %s: %s"
                                .formatted(picture.file(), e.getMessage()));
            }
            Platform.exit();
        });
        looks.play();
    }

    /** Ends the connection and remembers how the window was left. */
    @Override
    public void close() {
        if (options.screenshot() == null) {
            remember();
        }
        console.close();
    }

    private double width() {
        return options.screenshot() == null ? state.width() : options.screenshot().width();
    }

    private double height() {
        return options.screenshot() == null ? state.height() : options.screenshot().height();
    }

    private Console console(URI gateway) {
        return new Console(
                gateway,
                credentials.of(gateway),
                options,
                stage,
                theme,
                state,
                failures,
                this::goTo);
    }

    private void goTo(URI gateway, String token) {
        if (!token.isEmpty()) {
            keep(gateway, token);
        }
        state = stateNow().withGateway(gateway);
        console.close();
        console = console(gateway);
        scene.setRoot(console.window().root());
        stage.titleProperty().bind(console.window().title());
        console.start();
        remember();
    }

    private void keep(URI gateway, String token) {
        try {
            credentials.typed(gateway, token);
        } catch (IOException e) {
            failures.report("The token counts, but could not be kept for the next start", e);
        }
    }

    private void remember() {
        try {
            file.save(stateNow());
        } catch (IOException e) {
            failures.report("The window's layout could not be remembered", e);
        }
    }

    private WindowState stateNow() {
        boolean maximized = stage.isMaximized();
        WindowState sized =
                maximized
                        ? state.withWindow(state.width(), state.height(), true)
                        : state.withWindow(scene.getWidth(), scene.getHeight(), false);
        String look = theme.choice().get().name().toLowerCase(Locale.ROOT);
        return console.into(sized).withLook(look, theme.fontSize().get());
    }

    private Theme.Choice chosenTheme() {
        if (options.theme() != null) {
            return options.theme();
        }
        try {
            return Theme.Choice.valueOf(state.theme().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Theme.Choice.SYSTEM; // written by a version that knows other names
        }
    }
}
