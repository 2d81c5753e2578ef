import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Unpacks both archives into a fresh folder and starts each once, as a user would: the gateway must
 * take an event and give it back, the console must draw its window (without a display), and both
 * must end by themselves. Run by {@code mvn -Pinstallers verify}; exits 1 with a sentence when not.
 */
public class StartEachOnce {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        Path archives = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        deleteAll(folder);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(archives)) {
            for (Path archive : files.filter(f -> f.toString().endsWith(".tar.gz")).toList()) {
                run(folder, List.of("tar", "-xzf", archive.toString()), 120);
                System.out.printf("%s: %,d bytes%n", archive.getFileName(), Files.size(archive));
            }
        }
        int port = freePort();
        Path data = folder.resolve("data");
        Process gateway =
                start(
                        folder,
                        "gateway.log",
                        List.of(
                                folder + "/tailrace-gateway/bin/tailrace-gateway",
                                "--port=" + port,
                                "--data=" + data));
        try {
            String base = "http://127.0.0.1:" + port;
            awaitReady(gateway, base);
            exchange(base);
            console(folder, base);
        } finally {
            gateway.destroy(); // SIGTERM: it must drain and end by itself
            if (!gateway.waitFor(20, TimeUnit.SECONDS)) {
                gateway.destroyForcibly();
                fail("The gateway did not stop within 20 s of SIGTERM.");
            }
        }
        System.out.println("Both archives start, work and stop.");
    }

    private static void exchange(String base) throws Exception {
        String event = "{\"message\":\"started from the archive\",\"level\":\"INFO\"}";
        HttpResponse<String> published =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                base
                                                        + "/api/channels/logs:installers:check/events"))
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofString(event)));
        HttpResponse<String> page =
                send(
                        HttpRequest.newBuilder(
                                URI.create(base + "/api/channels/logs:installers:check/events")));
        if (published.statusCode() != 200 || !page.body().contains("started from the archive")) {
            fail(
                    "The gateway did not give the event back: "
                            + published.body()
                            + " / "
                            + page.body());
        }
        System.out.println("The gateway took an event and gave it back.");
    }

    private static void console(Path folder, String base) throws Exception {
        Path picture = folder.resolve("console.png");
        ProcessBuilder builder =
                new ProcessBuilder(
                        folder + "/tailrace-console/bin/tailrace-console",
                        "--gateway=" + base,
                        "--screenshot=" + picture,
                        "--size=1000x700",
                        "--after=3");
        builder.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-Dglass.platform=Headless -Dprism.order=sw -Djava.awt.headless=true"
                                + " -Duser.home="
                                + folder);
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("console.log").toFile());
        Process console = builder.start();
        if (!console.waitFor(60, TimeUnit.SECONDS)) {
            console.destroyForcibly();
            fail(
                    "The console did not end within 60 s:\n"
                            + Files.readString(folder.resolve("console.log")));
        }
        if (console.exitValue() != 0 || !Files.exists(picture) || Files.size(picture) < 10_000) {
            fail("The console drew no window:\n" + Files.readString(folder.resolve("console.log")));
        }
        System.out.printf("The console drew its window: %s%n", picture);
    }

    private static void awaitReady(Process gateway, String base) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(end)) {
            if (!gateway.isAlive()) {
                fail(
                        "The gateway ended at once with exit code "
                                + gateway.exitValue()
                                + "; see gateway.log.");
            }
            try {
                if (send(HttpRequest.newBuilder(URI.create(base + "/health/ready"))).statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            gateway.waitFor(100, TimeUnit.MILLISECONDS);
        }
        fail("The gateway was not ready within 30 s; see gateway.log.");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(
                request.timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Process start(Path folder, String log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private static void run(Path folder, List<String> command, int seconds) throws Exception {
        Process process =
                new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
            fail(command + " failed.");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void fail(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
