import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets the packaged gateway work for a moment and keeps what the JVM learned (JEP 514) beside its
 * libraries: with that it starts with a third of the processor time. Run by {@code mvn -Pinstallers
 * verify}; exits 1 with a sentence when nothing was kept.
 */
public class TrainGateway {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        Image image = new Image(Path.of(args[0]));
        Path cache = image.app().resolve("gateway.aot");
        Files.deleteIfExists(cache);
        int port = freePort();
        Process gateway = start(image, cache, port);
        String base = "http://127.0.0.1:" + port;
        try {
            awaitReady(gateway, base);
            work(base);
        } finally {
            gateway.destroy(); // the cache is written at the end
            image.awaitEnd(gateway, cache);
        }
    }

    private static Process start(Image image, Path cache, int port) throws IOException {
        List<String> command = image.training(cache);
        command.add("-cp");
        command.add(String.join(":", image.settings("app.classpath")));
        command.add("io.tailrace.server.Main");
        command.add("--port=" + port);
        command.add("--data=" + Files.createTempDirectory("tailrace-training"));
        return image.start(command);
    }

    private static void work(String base) throws Exception {
        for (int i = 0; i < 200; i++) {
            String event =
                    "{\"channel\":\"logs:me:train\",\"run\":\"1\",\"message\":\"%d\"}".formatted(i);
            send(
                    HttpRequest.newBuilder(URI.create(base + "/api/events"))
                            .POST(HttpRequest.BodyPublishers.ofString(event)));
        }
        HttpRequest stream =
                HttpRequest.newBuilder(
                                URI.create(
                                        base
                                                + "/api/sse/session/train?channels=logs:me:*&tail=100&snapshot=true"))
                        .build();
        try (InputStream body =
                HTTP.send(stream, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(body));
            String line = lines.readLine();
            while (line != null && !line.contains("snapshot")) {
                line = lines.readLine();
            }
        }
        for (String path :
                List.of("/api/runs", "/api/channels", "/api/sessions", "/metrics", "/")) {
            send(HttpRequest.newBuilder(URI.create(base + path)));
        }
    }

    private static void awaitReady(Process gateway, String base) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end && gateway.isAlive()) {
            try {
                if (send(HttpRequest.newBuilder(URI.create(base + "/health/ready"))) == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            gateway.waitFor(50, TimeUnit.MILLISECONDS);
        }
        Image.fail("The gateway was not ready for its training; see training.log.");
    }

    private static int send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(
                        request.timeout(Duration.ofSeconds(10)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
