package io.tailrace.desktop.bench;

import io.tailrace.desktop.logs.FindQuery;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.LogsPane;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import org.HdrHistogram.Histogram;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * The log pane with ten million lines held in files while 100,000 a second arrive, then searches
 * over them, each beside ripgrep over a file with the same lines when there is one.
 *
 * <p>Frames are what the toolkit gives an animation; the FX thread's work is its CPU time. Lines
 * are of 120 to 150 characters. Change with {@code -Dbench.lines -Dbench.rate -Dbench.seconds}.
 */
public final class LogsBench {

    private static final int LINES = Integer.getInteger("bench.lines", 10_000_000);
    private static final int RATE = Integer.getInteger("bench.rate", 100_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final int WARM_UP = 3;

    private LogsBench() {}

    /** Runs it and prints what it measured. */
    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /** The window and its frames; everything on the FX thread. */
    public static final class Window extends Application {

        private final Path folder = temporary();
        private final LogsModel model = LogsModel.keptIn(folder.resolve("lines"));
        private final Path file = folder.resolve("lines.txt");
        private long bytes;
        private final Histogram frames = new Histogram(3);
        private final Header header =
                Header.of(
                        Channel.logs("bench", "orders"),
                        Instant.now(),
                        Subject.ofRun("bench", "orders", "r1").withTask("load", 1));
        private final Queue<FindQuery> queries =
                new ArrayDeque<>(
                        List.of(
                                new FindQuery("zebra-0000777", false, true),
                                new FindQuery("ERROR-IN-TEXT", false, false),
                                new FindQuery("batch", false, true),
                                new FindQuery("payments.*timeout$", true, true),
                                new FindQuery("dur=1[0-9]{2}ms", true, true)));
        private long position;
        private long started;
        private long last;
        private long cpuAtStart;
        private long findStarted;

        @Override
        public void start(Stage stage) {
            boolean headless = "Headless".equals(System.getProperty("glass.platform"));
            LogsPane pane = new LogsPane(model);
            Scene scene = new Scene(pane, headless ? 1000 : 1400, 900);
            scene.getStylesheets().add(colours());
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.show();
            long before = heap();
            long resident = resident();
            publish(LINES);
            System.out.printf(
                    "%s, %.0f x %.0f, %,d lines held, %,d lines/s%n",
                    headless ? "Headless" : "display",
                    scene.getWidth(),
                    scene.getHeight(),
                    LINES,
                    RATE);
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    if (frame(now)) {
                        stop();
                        report(before, resident);
                        write();
                        levels();
                    }
                }
            }.start();
        }

        /** Publishes what is due; answers whether the time is over. */
        private boolean frame(long now) {
            if (started == 0) {
                started = now;
                last = now;
            }
            double elapsed = (now - started) / 1e9;
            long due = LINES + (long) (elapsed * RATE) - position;
            publish((int) due);
            if (elapsed < WARM_UP) {
                cpuAtStart = cpu();
            } else {
                frames.recordValue(now - last);
            }
            last = now;
            return elapsed > WARM_UP + SECONDS;
        }

        private void report(long before, long resident) {
            long count = frames.getTotalCount();
            double cpu = (cpu() - cpuAtStart) / 1e6 / count;
            System.out.printf(
                    "fps %.1f, frame ms p50 %.1f p99 %.1f max %.1f, FX thread %.2f ms a frame%n",
                    count / (double) SECONDS,
                    frames.getValueAtPercentile(50) / 1e6,
                    frames.getValueAtPercentile(99) / 1e6,
                    frames.getMaxValue() / 1e6,
                    cpu);
            System.out.printf(
                    "heap %.1f B a line (index and filtered view), resident %.1f B a line with"
                            + " %.1f B of text, %,d lines, load %.1f%n",
                    (heap() - before) / (double) position,
                    (resident() - resident) / (double) position,
                    bytes / (double) position,
                    position,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }

        /** How long another level takes until its lines are on the screen. */
        private void levels() {
            long begun = System.nanoTime();
            model.showLevel(Level.ERROR);
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    var status = model.statusProperty().get();
                    if (status.shown() < status.held() / 10) {
                        stop();
                        System.out.printf(
                                "level filter: %,d lines shown after %.0f ms%n",
                                status.shown(), (System.nanoTime() - begun) / 1e6);
                        model.showLevel(Level.INFO);
                        search();
                    }
                }
            }.start();
        }

        /** The same lines in a file, for the tools. */
        private void write() {
            try (BufferedOutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
                for (long n = 1; n <= position; n++) {
                    out.write(text(n).getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String ripgrep(FindQuery query, Path file) {
            List<String> command = new ArrayList<>(List.of("rg", "-c"));
            command.add(query.matchCase() ? "-s" : "-i");
            if (!query.regex()) {
                command.add("-F");
            }
            command.addAll(List.of(query.text(), file.toString()));
            long begun = System.nanoTime();
            try {
                Process process = new ProcessBuilder(command).start();
                String count =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int _ = process.waitFor();
                return "rg %s in %.0f ms"
                        .formatted(count.strip(), (System.nanoTime() - begun) / 1e6);
            } catch (IOException | InterruptedException e) {
                return "no rg here";
            }
        }

        private void end() {
            model.close();
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                System.out.println("Left behind: " + folder);
            }
            Platform.exit();
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("logs-bench");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Bytes of memory that are in RAM, by the kernel's count. */
        private static long resident() {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                        .sum();
            } catch (IOException e) {
                return 0; // no Linux
            }
        }

        private void search() {
            FindQuery query = queries.poll();
            if (query == null) {
                end();
                return;
            }
            findStarted = System.nanoTime();
            model.find(query);
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    var status = model.statusProperty().get();
                    if (now > findStarted && !status.searching() && settled()) {
                        stop();
                        System.out.printf(
                                "find %-22s %,9d lines match in %.0f ms; %s%n",
                                query.text(),
                                status.matches(),
                                (System.nanoTime() - findStarted) / 1e6,
                                ripgrep(query, file));
                        search();
                    }
                }
            }.start();
        }

        /** Two frames have passed, so that the status is about this query. */
        private boolean settled() {
            return System.nanoTime() - findStarted > 33_000_000;
        }

        private void publish(int lines) {
            for (int i = 0; i < lines; i++) {
                long n = ++position;
                Level level = n % 50 == 0 ? Level.ERROR : n % 20 == 0 ? Level.WARN : Level.INFO;
                String text = text(n);
                bytes += text.length() + 1;
                model.append(
                        new Entry(
                                new Cursor("bench", n),
                                new Event.Log(header, level, text, "io.acme.Sink", null)));
            }
        }

        private static String text(long n) {
            return n % 50 == 0
                    ? "sink refused batch " + n + ", payments timeout"
                    : "batch "
                            + n
                            + " rows=4475 dur="
                            + (n % 900 + 100)
                            + "ms loaded into warehouse.orders_fact from"
                            + " s3://lake/orders/2026-11-21/part-00017.parquet zebra-"
                            + String.valueOf(10_000_000 + n % 1_000_000).substring(1);
        }

        private static long cpu() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        private static long heap() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        private static String colours() {
            String names = "background raised line text muted accent ok warn error selection";
            return "data:text/css,.root{"
                    + String.join(
                            "",
                            Arrays.stream(names.split(" "))
                                    .map(name -> "-tr-" + name + ":gray;")
                                    .toList())
                    + "}";
        }
    }
}
