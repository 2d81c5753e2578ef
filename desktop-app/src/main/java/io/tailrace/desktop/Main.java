package io.tailrace.desktop;

import javafx.application.Application;

import java.util.List;

/**
 * Starts the console; not an {@link Application} itself, so that it runs from the class path too.
 */
public final class Main {

    private Main() {}

    /** Reads the options; a wrong one is named in one sentence, exit status 2. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Options.HELP);
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
        Application.launch(DesktopApp.class, args);
    }
}
