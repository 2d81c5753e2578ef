package io.tailrace.desktop.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, so that it can be killed the hard way. */
public final class GatewayProcess implements AutoCloseable {

    // For short lives: little compiling, little memory.
    private static final List<String> SHORT =
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofMinutes(2); // of a busy machine

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Path folder;
    private final List<String> runtime;
    private Process process;

    private GatewayProcess(int port, Path folder, List<String> runtime) {
        this.port = port;
        this.folder = folder;
        this.runtime = runtime;
        this.process = launch();
    }

    /** Starts a gateway with its data in the folder and waits until it is ready. */
    public static GatewayProcess start(Path folder) {
        List<String> runtime = new ArrayList<>(SHORT);
        runtime.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return start(folder, runtime);
    }

    /** The same for much work. */
    public static GatewayProcess startLarge(Path folder) {
        return start(folder, List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    }

    /** The same as it is packaged: what a start loads is in a cache, which halves each start. */
    public static GatewayProcess startTrained(Path folder) {
        List<String> jars = new ArrayList<>(SHORT);
        jars.addAll(StartCache.jars(folder));
        Path cache = folder.resolve("gateway.aot");
        List<String> training = new ArrayList<>(jars);
        training.add("-XX:AOTCacheOutput=" + cache);
        try (GatewayProcess trained = start(folder.resolve("training"), training)) {
            trained.process.destroy(); // politely: then it writes the cache
            trained.waitForEnd();
        }
        List<String> runtime = new ArrayList<>(jars);
        runtime.add("-XX:AOTCache=" + cache);
        return start(folder, runtime);
    }

    private static GatewayProcess start(Path folder, List<String> runtime) {
        folder.toFile().mkdirs();
        GatewayProcess gateway = new GatewayProcess(freePort(), folder, runtime);
        gateway.awaitReady();
        return gateway;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The identity of its log's life, taken from any cursor it gives. */
    String epoch() {
        try {
            HttpRequest request = HttpRequest.newBuilder(address().resolve("/api/runs")).build();
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return body.replaceAll("(?s).*\"cursor\":\"([^-]+)-.*", "$1");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** SIGKILL: no shutdown hook, no flush, nothing. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    /** Starts it again on the same port and data. */
    public void restart() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        kill();
        http.close();
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(runtime);
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "io.tailrace.server.Main",
                        "--port=" + port,
                        "--data=" + folder.resolve("data")));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(
                                    folder.resolve("gateway.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("The gateway did not start:\n" + log());
            }
            try {
                boolean _ = process.waitFor(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private boolean ready() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address().resolve("/health/ready"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("gateway.log"));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private void waitForEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
