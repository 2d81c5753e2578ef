package io.tailrace.desktop.bench;

import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.connection.BatchReceiver;
import io.tailrace.desktop.connection.Connection;
import io.tailrace.desktop.connection.FxPump;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.LogsPane;
import io.tailrace.desktop.walk.GatewayProcess;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * From publishing an event to the frame that shows it, at 1,000 events a second: HTTP, fsync, the
 * stream, the inbox and the pulse of the FX thread are all in it. The gateway is a process of its
 * own with its store on disk; each event is one POST; the clock is this process's.
 *
 * <p>Change with {@code -Dbench.rate -Dbench.seconds}.
 */
public final class LatencyBench {

    private static final int RATE = Integer.getInteger("bench.rate", 1_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final int WARM_UP = 5;

    private LatencyBench() {}

    /** Runs it and prints what it measured. */
    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /** A window with a log pane; everything on the FX thread but the publishing. */
    public static final class Window extends Application {

        private final LogsModel model = new LogsModel();
        private final Histogram latency = new Histogram(3);
        private final List<Long> arrived = new ArrayList<>();

        @Override
        public void start(Stage stage) throws IOException {
            Path folder = Files.createTempDirectory("latency-bench");
            GatewayProcess gateway = GatewayProcess.start(folder);
            Connection connection =
                    Connection.live(
                            RootConnectionSettings.of(
                                    gateway.address(),
                                    "bench",
                                    List.of(ChannelPattern.parse("logs:bench:*"))));
            LogsPane pane = new LogsPane(model);
            stage.setScene(new Scene(pane, 1000, 900));
            stage.getScene().addPostLayoutPulseListener(this::painted);
            stage.show();
            FxPump pump = new FxPump(connection.inbox(), new Intake());
            pump.start();
            connection.start();
            Thread.ofPlatform()
                    .name("publisher")
                    .start(() -> {
                        publish(gateway.address(), pump);
                        Platform.exit();
                        connection.close();
                        gateway.close();
                        report();
                        System.exit(0);
                    });
        }

        /** After layout and before rendering: what arrived until now is in this frame. */
        private void painted() {
            long now = System.nanoTime();
            for (long published : arrived) {
                latency.recordValue(Math.max(0, now - published) / 1_000);
            }
            arrived.clear();
        }

        private void publish(URI gateway, FxPump pump) {
            HttpClient http = HttpClient.newHttpClient();
            Semaphore inFlight = new Semaphore(256);
            long begin = System.nanoTime();
            for (int i = 0; i < RATE * (SECONDS + WARM_UP); i++) {
                long due = begin + i * 1_000_000_000L / RATE;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (i == RATE * WARM_UP) {
                    pump.execute(latency::reset);
                }
                inFlight.acquireUninterruptibly();
                var _ =
                        http.sendAsync(request(gateway), HttpResponse.BodyHandlers.discarding())
                                .whenComplete((_, _) -> inFlight.release());
            }
            inFlight.acquireUninterruptibly(256);
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos()); // the last ones reach the pane
        }

        private static HttpRequest request(URI gateway) {
            String event =
                    "{\"channel\":\"logs:bench:latency\",\"message\":\"row batch loaded into warehouse.orders\",\"published\":%d}"
                            .formatted(System.nanoTime());
            return HttpRequest.newBuilder(gateway.resolve("/api/events"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(event))
                    .build();
        }

        private void report() {
            System.out.printf(
                    "publish to pane, %,d events/s, one POST each, %,d events: p50 %.1f ms, p90"
                            + " %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    RATE,
                    latency.getTotalCount(),
                    latency.getValueAtPercentile(50) / 1e3,
                    latency.getValueAtPercentile(90) / 1e3,
                    latency.getValueAtPercentile(99) / 1e3,
                    latency.getMaxValue() / 1e3);
        }

        private final class Intake implements BatchReceiver {

            @Override
            public void begin() {}

            @Override
            public void accept(StreamItem item) {
                if (item instanceof StreamItem.Received(var entry, _)
                        && entry.event() instanceof Event.Log log) {
                    model.append(entry);
                    if (log.header().fields().get("published") instanceof Long published) {
                        arrived.add(published);
                    }
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
}
