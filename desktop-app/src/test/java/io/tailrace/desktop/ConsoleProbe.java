package io.tailrace.desktop;

import io.tailrace.desktop.bench.Usage;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.state.StateFile;
import io.tailrace.desktop.state.TokenStore;
import io.tailrace.desktop.state.WindowState;
import io.tailrace.desktop.theme.Theme;

import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A whole console in a process of its own that measures itself and asks, by words on its standard
 * output, for what is to be published: started by {@link io.tailrace.desktop.bench.ConsoleBench}
 * with a gateway and a folder.
 */
public final class ConsoleProbe extends Application {

    /** Behind the folder: it was there before, and catches up with a burst. */
    public static final String AGAIN = "again";

    private static final int QUIET = Integer.getInteger("bench.quiet", 30);
    private static final int SETTLING =
            Integer.getInteger("bench.settling", 60); // code is compiled
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final long BURST = Long.getLong("bench.burst", 1_000_000);

    private Histogram frames = new Histogram(3); // the FX thread's
    private @Nullable Console console; // the FX thread's
    private final AnimationTimer timer = frames();

    // Written by the FX thread in each frame, read by the script.
    private volatile long received;
    private volatile long held;
    private volatile long gaps;
    private volatile boolean connected;
    private volatile Seen seen = new Seen(0, 0, 0, 0, 0);
    private volatile boolean fresh;

    /** Frames since the last time that somebody wanted fresh ones. */
    private record Seen(long count, double median, double p99, double max, long cpu) {}

    /** For JavaFX, which calls it by reflection. */
    public ConsoleProbe() {}

    @Override
    public void start(Stage stage) {
        URI gateway = URI.create(getParameters().getRaw().get(0));
        Path folder = Path.of(getParameters().getRaw().get(1));
        Options options = Options.parse(List.of("--gateway=" + gateway, "--session=probe1"));
        Failures failures = new Failures(folder.resolve("logs"));
        Memory memory = new Memory(folder, folder.resolve("gateways"), failures);
        Theme theme = new Theme(Theme.Choice.DARK, Theme.NORMAL_SIZE);
        WindowState state = new StateFile(folder.resolve("console.json")).load();
        TokenStore tokens = new TokenStore(folder.resolve("tokens.json"));
        Console shown =
                new Console(
                        gateway,
                        options,
                        state,
                        new Console.Around(
                                stage,
                                theme,
                                new Credentials(options, Map.of(), gateway, tokens),
                                memory,
                                failures),
                        new Console.Exits(null, (_, _) -> {}, _ -> {}));
        Scene scene = new Scene(shown.window().root(), 1440, 900);
        theme.style(scene);
        stage.setScene(scene);
        shown.start();
        console = shown;
        stage.show();
        shown.window().focusLog(); // a blinking caret would draw frames all the time
        timer.start();
        Thread.ofPlatform().name("script").start(() -> script(gateway));
    }

    private AnimationTimer frames() {
        return new AnimationTimer() {

            private long last;
            private long cpu;

            @Override
            public void handle(long now) {
                if (fresh) {
                    fresh = false;
                    frames = new Histogram(3);
                    cpu = cpu();
                } else if (last > 0) {
                    frames.recordValue(now - last);
                }
                last = now;
                seen =
                        new Seen(
                                frames.getTotalCount(),
                                frames.getValueAtPercentile(50) / 1e6,
                                frames.getValueAtPercentile(99) / 1e6,
                                frames.getMaxValue() / 1e6,
                                cpu() - cpu);
                received = it().feed().status().received().get();
                held = it().feed().models().logs().statusProperty().get().held();
                gaps = it().feed().status().gaps().get();
                connected = it().feed().status().standing().get() == Standing.CONNECTED;
            }
        };
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void script(URI gateway) {
        until(() -> seen.count() >= 2);
        long started = ManagementFactory.getRuntimeMXBean().getUptime();
        say(
                "start to the second frame %,d ms (CPU %,.0f ms)"
                        .formatted(started, Usage.now().cpu()));
        until(() -> connected);
        if (getParameters().getRaw().contains(AGAIN)) {
            catchUp();
        } else {
            pause(3);
            say("empty: " + memory());
            idle(gateway);
            measures();
            burst();
        }
        Platform.exit();
    }

    /** What was published while it was closed. */
    private void catchUp() {
        fresh = true;
        Usage used = Usage.now();
        until(() -> received >= BURST);
        arrived("catching up", received, used);
    }

    private void idle(URI gateway) {
        System.out.println("want channels");
        until(() -> received >= 50);
        pause(SETTLING);
        it().feed().pump().execute(timer::stop); // each frame that is asked for costs something
        pause(2);
        Usage before = Usage.now();
        LockSupport.parkNanos(QUIET * 1_000_000_000L);
        Usage used = before.since();
        it().feed().pump().execute(timer::start);
        say(
                "idle with 50 channels: %.1f %% of a core, %d TCP connections, %s"
                        .formatted(
                                used.cpu() / (used.nanos() / 1e6) * 100,
                                connections(gateway.getPort()),
                                memory()));
    }

    private void measures() {
        System.out.println("want measures");
        long before = received;
        until(() -> received > before + 1_000);
        say("20 charts and more, 100 measures: " + framesOf(SECONDS));
        System.out.println("want quiet");
        pause(2);
    }

    private void burst() {
        long before = held;
        fresh = true;
        Usage used = Usage.now();
        System.out.println("want burst");
        until(() -> held >= before + BURST);
        arrived("a burst", held - before, used);
    }

    private void arrived(String what, long lines, Usage used) {
        Usage took = used.since();
        Seen at = seen;
        say(
                ("%s of %,d: %,d lines here after %s (%,.0f/s), %d gaps; frame ms p50 %.1f p99 %.1f"
                                + " max %.1f, FX thread %.2f ms a frame; %s")
                        .formatted(
                                what,
                                BURST,
                                lines,
                                took,
                                BURST / (took.nanos() / 1e9),
                                gaps,
                                at.median(),
                                at.p99(),
                                at.max(),
                                at.cpu() / 1e6 / at.count(),
                                memory()));
    }

    private String framesOf(int seconds) {
        fresh = true;
        pause(seconds);
        Seen at = seen;
        return "fps %.1f, frame ms p50 %.1f p99 %.1f max %.1f, FX thread %.2f ms a frame"
                .formatted(
                        at.count() / (double) seconds,
                        at.median(),
                        at.p99(),
                        at.max(),
                        at.cpu() / 1e6 / at.count());
    }

    private static String memory() {
        long self = ProcessHandle.current().pid();
        return "%,d MB resident (%,d MB at most)"
                .formatted(
                        Usage.resident(self, "VmRSS") >> 20, Usage.resident(self, "VmHWM") >> 20);
    }

    /** How many connections to a port stand, of whomever on this machine. */
    private static long connections(int port) {
        String remote = ":%04X 01".formatted(port);
        try {
            String v6 = Files.readString(Path.of("/proc/net/tcp6"));
            String v4 = Files.readString(Path.of("/proc/net/tcp"));
            return (v4 + v6).lines().filter(line -> line.contains(remote)).count();
        } catch (IOException e) {
            return -1; // no Linux
        }
    }

    private static void say(String words) {
        System.out.printf("%s, load %.1f%n", words, Usage.load());
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        until(() -> System.nanoTime() >= end);
    }

    private Console it() {
        return Objects.requireNonNull(console);
    }

    @Override
    public void stop() {
        it().close();
    }
}
