package io.tailrace.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that the demo started; what it prints goes to a file. */
final class Child {

    private final String name;
    private final Process process;
    private final Path output;

    private Child(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a process.
     *
     * @throws UncheckedIOException when there is no such program
     */
    static Child start(String name, List<String> command, Path output) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(ProcessBuilder.Redirect.PIPE)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close(); // nobody types here
            return new Child(name, process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the " + name + ".", e);
        }
    }

    String name() {
        return name;
    }

    Path output() {
        return output;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Its exit code; only once it is not alive. */
    int exitCode() {
        return process.exitValue();
    }

    /** Whether somebody ended it by a signal: Ctrl-C or kill. */
    boolean endedBySignal() {
        return exitCode() == 130 || exitCode() == 137 || exitCode() == 143; // INT, KILL, TERM
    }

    /** Waits a while for its end; whether it has ended. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to end, and makes it end when it does not. */
    void stop(Duration patience) {
        process.destroy();
        try {
            if (!awaitEnd(patience)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The last lines that it printed. */
    List<String> lastLines(int number) {
        try {
            List<String> lines =
                    new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - number), lines.size());
        } catch (IOException e) {
            return List.of("(" + output + " cannot be read)");
        }
    }
}
