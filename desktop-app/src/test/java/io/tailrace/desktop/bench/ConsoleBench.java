package io.tailrace.desktop.bench;

import io.tailrace.desktop.ConsoleProbe;
import io.tailrace.desktop.walk.GatewayProcess;

import javafx.application.Application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A whole console beside a gateway, each in a process of its own: the start, an idle window on 50
 * channels, 100 measures, and a burst of 1,000,000 lines; then another burst while it is closed,
 * with which it catches up. What they share is this machine, so that the numbers are those of all
 * three.
 *
 * <p>Change with {@code -Dbench.settling -Dbench.quiet -Dbench.seconds -Dbench.burst}.
 */
public final class ConsoleBench {

    private static final int BATCH = 5_000;
    private static final long BURST = Long.getLong("bench.burst", 1_000_000);

    private final URI gateway;
    private final HttpClient http;
    private volatile boolean measuring;

    private ConsoleBench(URI gateway, HttpClient http) {
        this.gateway = gateway;
        this.http = http;
    }

    /** Runs it and prints what the console measured; with a gateway and a folder it is one. */
    public static void main(String[] args) throws IOException {
        if (args.length > 0) {
            Application.launch(ConsoleProbe.class, args);
            return;
        }
        Path folder = Files.createTempDirectory("console-bench");
        try (GatewayProcess gateway = GatewayProcess.startLarge(folder);
                HttpClient http = HttpClient.newHttpClient()) {
            ConsoleBench bench = new ConsoleBench(gateway.address(), http);
            bench.with(folder.resolve("console").toString());
            bench.burst(); // nobody listens
            bench.with(folder.resolve("console").toString(), ConsoleProbe.AGAIN);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    private void with(String... arguments) throws IOException {
        Process console = console(arguments);
        try (BufferedReader reader = console.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                switch (line) {
                    case "want channels" -> channels();
                    case "want measures" -> measures();
                    case "want quiet" -> measuring = false;
                    case "want burst" -> Thread.ofPlatform().start(this::burst);
                    default -> System.out.println(line);
                }
            }
        } finally {
            console.destroyForcibly();
        }
    }

    private Process console(String... arguments) throws IOException {
        Stream<String> settings =
                Stream.of(
                                "glass.platform",
                                "prism.order",
                                "java.awt.headless",
                                "bench.settling",
                                "bench.quiet",
                                "bench.seconds",
                                "bench.burst")
                        .filter(name -> System.getProperty(name) != null)
                        .map(name -> "-D" + name + "=" + System.getProperty(name));
        List<String> command =
                Stream.of(
                                Stream.of(ProcessHandle.current().info().command().orElse("java")),
                                settings,
                                Stream.of(
                                        "-XX:+UseCompactObjectHeaders",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        ConsoleBench.class.getName(),
                                        gateway.toString()),
                                Stream.of(arguments))
                        .flatMap(part -> part)
                        .toList();
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private void channels() {
        send(
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                "{\"channel\":\"logs:idle:flow%d\",\"message\":\"hello\"}"
                                        .formatted(i))
                        .collect(Collectors.joining("\n")));
    }

    /** 100 measures of 20 names, five times a second. */
    private void measures() {
        measuring = true;
        Thread _ =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int tick = 0; measuring; tick++) {
                                int now = tick;
                                send(
                                        IntStream.range(0, 100)
                                                .mapToObj(i -> measure(i, now))
                                                .collect(Collectors.joining("\n")));
                                LockSupport.parkNanos(200_000_000);
                            }
                        });
    }

    private static String measure(int i, int tick) {
        double value = 50 + i + 20 * Math.sin((tick + i) / 7.0);
        return "{\"kind\":\"metric\",\"channel\":\"metrics:acme\",\"name\":\"m%d\",\"value\":%.2f,\"labels\":{\"part\":\"%d\"}}"
                .formatted(i % 20, value, i / 20);
    }

    private void burst() {
        Usage begun = Usage.now();
        for (long from = 1; from <= BURST; from += BATCH) {
            send(
                    LongStream.range(from, Math.min(from + BATCH, BURST + 1))
                            .mapToObj(n ->
                                    "{\"channel\":\"logs:bench:burst\",\"message\":\"%s\"}"
                                            .formatted(BenchLines.text(n)))
                            .collect(Collectors.joining("\n")));
        }
        Usage took = begun.since();
        System.out.printf(
                "the gateway took %,d lines, durable, at %,.0f/s%n",
                BURST, BURST / (took.nanos() / 1e9));
    }

    private void send(String lines) {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve("/api/events"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(lines))
                        .build();
        try {
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new AssertionError("The gateway answered " + status + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
