package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import javafx.application.Application;

import java.util.List;
import java.util.logging.LogManager;

/** Starts the console; no {@link Application} itself, so that it runs from a class path too. */
public final class Main {

    private Main() {}

    /** Reads the options; what is wrong is said in one sentence, exit status 2. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(text("console.help"));
            return;
        }
        try {
            if (Options.parse(List.of(args)).screenshot() != null) {
                DesktopApp.withoutScreen();
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        LogManager.getLogManager().reset(); // people read sentences; details go to the log file
        try {
            Application.launch(DesktopApp.class, args);
        } catch (UnsupportedOperationException e) {
            System.err.println(text("console.noScreen", String.valueOf(e.getMessage())));
            System.exit(1);
        }
    }
}
