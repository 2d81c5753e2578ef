package io.tailrace.desktop;

import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.Tokens;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

/** The console as a JavaFX application: the composition root. */
public final class DesktopApp extends Application {

    // FX thread only
    private @Nullable ConsoleStage console;

    /** For JavaFX, which calls it by reflection. */
    public DesktopApp() {}

    /** Lets this process draw without a screen; before the application is launched. */
    static void withoutScreen() {
        for (String[] setting :
                new String[][] {
                    {"glass.platform", "Headless"},
                    {"prism.order", "sw"},
                    {"java.awt.headless", "true"}
                }) {
            if (System.getProperty(setting[0]) == null) {
                System.setProperty(setting[0], setting[1]);
            }
        }
    }

    @Override
    public void start(Stage stage) {
        Options options = Options.parse(getParameters().getRaw());
        Failures failures = new Failures(StateFile.logFolder());
        Thread.setDefaultUncaughtExceptionHandler(failures);
        Memory memory = Memory.ofUser(failures);
        // a signal ends the process without a word to JavaFX
        Runtime.getRuntime().addShutdownHook(new Thread(memory::write, "remember"));
        ConsoleStage opened = new ConsoleStage(stage, options, failures, memory, Tokens.ofUser());
        console = opened;
        if (options.screenshot() == null) {
            opened.open();
        } else {
            Platform.setImplicitExit(false);
            opened.draw(options.screenshot());
        }
    }

    @Override
    public void stop() {
        if (console != null) {
            console.close();
        }
    }
}
