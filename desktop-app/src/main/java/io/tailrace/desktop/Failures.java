package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Where everything goes that should not have happened: details into a log file, one sentence to the
 * status bar, never a stack trace to people. Any thread.
 */
final class Failures implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger("io.tailrace.desktop");
    private static final int MAX_BYTES = 1 << 20;
    private static final int FILES = 3;

    private final Path file;
    private volatile Consumer<String> teller = System.err::println; // until there is a window

    /** Sends all logging of this process into files of a folder. */
    Failures(Path folder) {
        file = folder.resolve("console.log");
        LogManager.getLogManager().reset();
        try {
            Files.createDirectories(folder);
            Handler handler = new FileHandler(file + "%g", MAX_BYTES, FILES, true);
            handler.setFormatter(new SimpleFormatter());
            Logger.getLogger("").addHandler(handler);
        } catch (IOException | UncheckedIOException e) {
            System.err.println(text("console.failure.log", folder));
        }
    }

    /** Who shows sentences to people; called from any thread. */
    void tellTo(Consumer<String> where) {
        teller = where;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable cause) {
        report(text("console.failure.any"), cause);
    }

    /** Tells people something that is no failure of the console. */
    void tell(String sentence) {
        LOG.log(Level.INFO, sentence);
        teller.accept(sentence);
    }

    /** Notes a failure and tells people one sentence about it. */
    void report(String what, Throwable cause) {
        LOG.log(Level.SEVERE, what, cause);
        teller.accept(text("console.failure", what, file));
    }
}
