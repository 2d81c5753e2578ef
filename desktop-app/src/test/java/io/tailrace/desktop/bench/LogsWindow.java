package io.tailrace.desktop.bench;

import io.tailrace.client.StreamItem;
import io.tailrace.desktop.connection.BatchReceiver;
import io.tailrace.desktop.connection.FxPump;
import io.tailrace.desktop.connection.Inbox;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.LogsPane;

import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import org.HdrHistogram.Histogram;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * The log pane while lines arrive through the inbox as from the gateway's reader. Frames are what
 * the toolkit gives an animation; the FX thread's work is its CPU time.
 */
public final class LogsWindow extends Application {

    private static final int RATE = Integer.getInteger("bench.rate", 100_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final int WARM_UP = 5;

    // Set before the toolkit starts and read after it ended.
    private static LogsModel model = new LogsModel();
    private static long lines;

    private final Inbox inbox = new Inbox(20_000, 32 << 20);
    private final Histogram frames = new Histogram(3);
    private volatile boolean over;
    private long taken;
    private long takenAtStart;
    private long started;
    private long last;
    private long cpuAtStart;
    private Usage usedAtStart = Usage.now();

    /**
     * Shows a model for a while and returns when the window is closed; the calling thread has the
     * model for itself before and afterwards.
     *
     * @return how many lines there are then
     */
    static long open(LogsModel held, long already) {
        model = held;
        lines = already;
        Application.launch(LogsWindow.class);
        return lines;
    }

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
        FxPump pump = new FxPump(inbox, new Intake());
        pump.start();
        taken = lines;
        Thread publisher = Thread.ofPlatform().name("publisher").start(this::publish);
        new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (frame(now)) {
                    over = true;
                }
                if (over && !publisher.isAlive() && inbox.size() == 0) {
                    stop();
                    pump.stop();
                    report(headless, scene);
                    lines = taken;
                    Platform.exit();
                }
            }
        }.start();
    }

    private void publish() {
        long begun = System.nanoTime();
        long first = lines;
        long put = first;
        while (!over) {
            long due = first + (long) ((System.nanoTime() - begun) / 1e9 * RATE);
            while (put < due && !over) {
                put++;
                inbox.put(new StreamItem.Received(BenchLines.entry(put), Instant.EPOCH));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Answers whether the time is over. */
    private boolean frame(long now) {
        if (started == 0) {
            started = now;
        } else if (over) {
            return true;
        }
        double elapsed = (now - started) / 1e9;
        if (elapsed < WARM_UP) {
            cpuAtStart = cpu();
            takenAtStart = taken;
            usedAtStart = Usage.now();
        } else {
            frames.recordValue(now - last);
        }
        last = now;
        return elapsed > WARM_UP + SECONDS;
    }

    private void report(boolean headless, Scene scene) {
        long count = frames.getTotalCount();
        double cpu = (cpu() - cpuAtStart) / 1e6;
        Usage used = usedAtStart.since();
        double seconds = used.nanos() / 1e9;
        System.out.printf(
                "%s, %.0f x %.0f, %,.0f lines/s: fps %.1f, frame ms p50 %.1f p99 %.1f max %.1f, FX"
                        + " thread %.2f ms a frame (%.1f %% of a core), all threads %.0f %% of a"
                        + " core, load %.1f%n",
                headless ? "Headless" : "display",
                scene.getWidth(),
                scene.getHeight(),
                (taken - takenAtStart) / seconds,
                count / (double) SECONDS,
                frames.getValueAtPercentile(50) / 1e6,
                frames.getValueAtPercentile(99) / 1e6,
                frames.getMaxValue() / 1e6,
                cpu / count,
                cpu / seconds / 10,
                used.cpu() / seconds / 10,
                Usage.load());
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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

    private final class Intake implements BatchReceiver {

        @Override
        public void begin() {}

        @Override
        public void accept(StreamItem item) {
            if (item instanceof StreamItem.Received(var entry, _)) {
                model.append(entry);
                taken++;
            }
        }

        @Override
        public void failed(StreamItem item, RuntimeException cause) {
            throw cause;
        }

        @Override
        public void end(int backlog) {}
    }
}
