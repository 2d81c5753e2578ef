package io.tailrace.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A part of a benchmark in a JVM of its own, which answers a line for each line it is told. */
final class Child implements AutoCloseable {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, fixed on Linux

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    /** Starts a class of this class path. */
    Child(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Its next line. */
    String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("A part of the benchmark ended.");
        }
        return line;
    }

    /** Tells it a line, and returns its answer. */
    String ask(String line) throws IOException {
        questions.write(line + "\n");
        questions.flush();
        return line();
    }

    /** Processor time it has used so far, user and system. */
    double cpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(10))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
