package io.tailrace.server.chaos;

import io.tailrace.server.access.Grant;
import io.tailrace.server.access.TokenStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway in a process of its own, on the same port and data however often it starts. */
final class GatewayProcess implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final List<String> options;
    private final int port;
    private final TokenStore tokens;
    private final String admin;
    private final String epoch;
    private Process process;

    /** Starts it and waits until it is ready. */
    GatewayProcess(Path folder, List<String> options) throws IOException {
        this.folder = folder;
        this.options = options;
        this.tokens = new TokenStore(folder.resolve("data/access/tokens.json"), Clock.systemUTC());
        this.admin = token("root", "admin", "publish:*", "subscribe:*");
        this.port = freePort();
        this.process = launch();
        awaitReady();
        this.epoch = get("/api/runs").replaceAll("(?s).*\"cursor\":\"([^-]+)-.*", "$1");
    }

    /** A new token of that principal; the gateway notices. */
    final String token(String name, String... grants) {
        return tokens.create(name, Stream.of(grants).map(Grant::parse).toList(), null).text();
    }

    /** A token that may do everything. */
    String admin() {
        return admin;
    }

    /** The identity of its log. */
    String epoch() {
        return epoch;
    }

    int port() {
        return port;
    }

    /** SIGKILL: no shutdown hook, no flush, nothing. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /** On the same port and data. */
    void start() {
        process = launch();
        awaitReady();
    }

    /**
     * What it answers an admin who asks it directly.
     *
     * @throws IOException when it does not answer, or not with success
     */
    final String get(String path) throws IOException {
        HttpResponse<String> reply = send(admin, "GET", path, "");
        if (reply.statusCode() != 200) {
            throw new IOException(reply.body());
        }
        return reply.body();
    }

    /** What it answers to whoever shows that token. It must run. */
    HttpResponse<String> call(String token, String method, String path, String body) {
        try {
            return send(token, method, path, body);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " was not answered:\n" + log(), e);
        }
    }

    private HttpResponse<String> send(String token, String method, String path, String body)
            throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .header("Authorization", "Bearer " + token)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What it said about itself. */
    String log() {
        try {
            return Files.readString(folder.resolve("gateway.log"));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("io.tailrace.server.Main", "--port=" + port));
        command.add("--data=" + folder.resolve("data"));
        command.addAll(options);
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
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
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
            return !get("/health/ready").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The gateway did not end when told to:\n" + log());
            }
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
