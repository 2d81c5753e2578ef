package io.tailrace.desktop.bench;

import io.tailrace.desktop.logs.FindQuery;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.LogsStatus;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.model.Level;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Ten million lines in files: frames while 100,000 a second arrive ({@link LogsWindow}), memory,
 * searches beside ripgrep and lnav over a file with the same lines, copying, and opening all again
 * in a process of its own.
 *
 * <p>Each time is the best of three, by the clock and as CPU time of all threads. Change with
 * {@code -Dbench.lines -Dbench.rate -Dbench.seconds}.
 */
public final class LogsBench {

    private static final long LINES = Long.getLong("bench.lines", 10_000_000);
    private static final int ROUNDS = 3;
    private static final String NOTHING = ":filter-in this is in no line"; // it prints what is left
    private static final int COPIED = 1_000_000;

    private final Path folder;
    private final Path file;
    private final LogsModel model;
    private long lines;
    private long text;

    private LogsBench(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("lines.txt");
        this.model = LogsModel.keptIn(folder.resolve("lines"));
    }

    /** Runs it and prints what it measured; with a folder, only opens what is kept there. */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            reopen(Path.of(args[0]), Long.parseLong(args[1]));
            return;
        }
        Path folder = Files.createTempDirectory("logs-bench");
        try {
            new LogsBench(folder).run();
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    private void run() throws IOException {
        System.out.printf("%,d lines, load %.1f%n", LINES, Usage.load());
        fill();
        if (!Boolean.getBoolean("bench.windowless")) {
            lines = LogsWindow.open(model, lines);
        }
        text = BenchLines.write(lines, file);
        search();
        copy();
        model.close();
        again();
    }

    private void fill() throws IOException {
        long heap = Usage.heap();
        Usage begun = Usage.now();
        long bytes = 0;
        while (lines < LINES) {
            lines++;
            bytes += BenchLines.text(lines).length() + 1L;
            model.append(BenchLines.entry(lines));
            if (lines % 10_000 == 0) {
                until(() -> !ShownLines.writing(model));
            }
        }
        until(() -> status().shown() == lines && !ShownLines.writing(model));
        Usage took = begun.since();
        long more = Usage.heap() - heap;
        long files = size(folder.resolve("lines"));
        long beside = more + files + ShownLines.memory(model) - bytes; // as if all were in RAM
        System.out.printf(
                "held %,d (gone %d) in %s; heap %.1f B a line, all beyond the text %.1f B a line"
                        + " (%.1f B of text); %,d MB resident without files, load %.1f%n",
                status().held(),
                status().gone(),
                took,
                more / (double) lines,
                beside / (double) lines,
                bytes / (double) lines,
                Usage.resident(ProcessHandle.current().pid(), "RssAnon") >> 20,
                Usage.load());
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        }
    }

    private LogsStatus status() {
        return model.statusProperty().get();
    }

    /** Frame after frame, as fast as they come, until something is so. */
    private void until(BooleanSupplier condition) {
        pulses(model, condition);
    }

    private static void pulses(LogsModel model, BooleanSupplier condition) {
        ShownLines.pulse(model);
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
            ShownLines.pulse(model);
        }
    }

    private void search() {
        System.out.printf(
                "%,d lines, %,d bytes; lnav opens them in %s%n", lines, text, lnav(NOTHING));
        filter();
        find(new FindQuery("zebra-0000777", false, true), true);
        find(new FindQuery("ERROR-IN-TEXT", false, false), false);
        find(new FindQuery("batch", false, true), false);
        find(new FindQuery("payments.*timeout$", true, true), true);
        find(new FindQuery("dur=1[0-9]{2}ms", true, true), false);
    }

    /** How long another level takes until its lines are known. */
    private void filter() {
        Usage ours =
                best(() -> {
                    model.showLevel(Level.INFO);
                    until(() -> status().shown() == status().held());
                    Usage begun = Usage.now();
                    model.showLevel(Level.ERROR);
                    until(() -> status().shown() < status().held() / 10);
                    return begun.since();
                });
        System.out.printf("level filter: %,d lines shown after %s%n", status().shown(), ours);
        model.showLevel(Level.INFO);
        until(() -> status().shown() == status().held());
    }

    private void find(FindQuery query, boolean beside) {
        Usage.Ran[] rg = {null};
        Usage ours =
                best(() -> {
                    rg[0] = better(rg[0], ripgrep(query));
                    model.find(FindQuery.NONE);
                    ShownLines.pulse(model);
                    Usage begun = Usage.now();
                    model.find(query);
                    until(() -> !status().searching());
                    return begun.since();
                });
        String regex = query.regex() ? query.text() : Pattern.quote(query.text());
        System.out.printf(
                "find %-20s %,10d lines match in %s; rg %s in %s%s, load %.1f%n",
                query.text(),
                status().matches(),
                ours,
                rg[0].said(),
                rg[0],
                beside ? "; lnav opens and filters in " + lnav(":filter-in " + regex) : "",
                Usage.load());
    }

    private static Usage best(Supplier<Usage> measured) {
        Usage best = measured.get();
        for (int i = 1; i < ROUNDS; i++) {
            best = best.best(measured.get());
        }
        return best;
    }

    private static Usage.Ran better(Usage.Ran one, Usage.Ran other) {
        return one == null ? other : new Usage.Ran(other.said(), one.usage().best(other.usage()));
    }

    private Usage.Ran ripgrep(FindQuery query) {
        return Usage.Ran.of(
                List.of(
                        "rg",
                        "-c",
                        query.matchCase() ? "-s" : "-i",
                        query.regex() ? "-e" : "-Fe",
                        query.text(),
                        file.toString()));
    }

    private Usage.Ran lnav(String command) {
        return Usage.Ran.of(List.of("lnav", "-n", "-c", command, file.toString()));
    }

    private void copy() throws IOException {
        CRC32C wanted = new CRC32C();
        try (Stream<String> all = Files.lines(file)) {
            all.limit(COPIED).forEach(line -> wanted.update(bytes(line + "\n")));
        }
        String[] copied = {""};
        Usage took =
                best(() -> {
                    Usage begun = Usage.now();
                    copied[0] = ShownLines.copy(model, COPIED);
                    return begun.since();
                });
        CRC32C sum = new CRC32C();
        sum.update(bytes(copied[0]));
        sum.update('\n');
        System.out.printf(
                "copied lines 1 to %,d in %s: %s%n",
                COPIED, took, sum.getValue() == wanted.getValue() ? "byte-exact" : "DIFFERENT");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void again() {
        String java = ProcessHandle.current().info().command().orElse("java");
        for (int i = 0; i < ROUNDS; i++) {
            Usage.Ran ran =
                    Usage.Ran.of(
                            List.of(
                                    java,
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    LogsBench.class.getName(),
                                    folder.resolve("lines").toString(),
                                    String.valueOf(lines)));
            System.out.printf(
                    "opened again: %s; the whole process %s; lnav %s, load %.1f%n",
                    ran.said(), ran, lnav(NOTHING), Usage.load());
        }
    }

    /** In a process of its own, as after a restart. */
    private static void reopen(Path kept, long lines) {
        Usage begun = Usage.now();
        LogsModel model = LogsModel.keptIn(kept);
        pulses(model, () -> ShownLines.newestOnScreen(model));
        Usage first = begun.since();
        pulses(model, () -> model.statusProperty().get().shown() == lines);
        System.out.printf("first screen after %s, all indexed after %s%n", first, begun.since());
        Runtime.getRuntime().halt(0);
    }
}
