package io.tailrace.demo;

import io.tailrace.client.Access;
import io.tailrace.client.GatewayClient;
import io.tailrace.client.Reply;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Draws the README's picture: a live run of the demo's pipeline with some history, and an answer
 * about it. Takes a few minutes, because the runs are real: {@code --work=DIR --picture=FILE}.
 */
public final class Picture {

    private static final String SESSION = "picture";
    private static final int HISTORY = 4; // enough for the grey bands of earlier good runs
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(12); // the live run, when asked
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Path work;
    private final Path file;
    private final JavaCommand java = JavaCommand.ofThisProcess();
    private final List<Child> children = new ArrayList<>();

    private Picture(Path work, Path file) {
        this.work = work;
        this.file = file;
    }

    /** Draws it and ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("tailrace-picture");
        Path file = Path.of("console.png");
        for (String arg : args) {
            if (arg.startsWith("--picture=")) {
                file = Path.of(arg.substring("--picture=".length())).toAbsolutePath().normalize();
            }
        }
        Files.createDirectories(file.getParent());
        Picture picture = new Picture(work, file);
        Runtime.getRuntime().addShutdownHook(new Thread(picture::end));
        System.exit(picture.draw() ? 0 : 1);
    }

    private boolean draw() throws IOException, InterruptedException {
        int port = freePort();
        URI gateway = URI.create("http://127.0.0.1:" + port);
        start(
                "gateway",
                java.gateway(512, List.of("--port=" + port, "--data=" + work.resolve("gateway"))));
        start(
                "pipeline",
                java.plain(
                        384,
                        "io.tailrace.demo.pipeline.Main",
                        List.of("--gateway=" + gateway, "--work=" + work.resolve("pipeline"))));
        System.out.println("The pipeline makes some history first; this takes minutes.");
        try (GatewayClient client = new GatewayClient(gateway, Access.open())) {
            RunState live = awaitScene(client);
            Child console =
                    start(
                            "console",
                            java.javaFx(
                                    512,
                                    "io.tailrace.desktop.Main",
                                    List.of(
                                            "--gateway=" + gateway,
                                            "--session=" + SESSION,
                                            "--screenshot=" + file,
                                            "--size=1600x1000",
                                            "--theme=dark",
                                            "--after=8")));
            Reply<String> asked =
                    client.askQuestion(
                            SESSION, "c", "q", "What is running and how far?", live.key());
            boolean drawn = console.awaitEnd(Duration.ofMinutes(1)) && console.exitCode() == 0;
            System.out.println(drawn ? "Drawn: " + file : "Not drawn; see " + console.output());
            return drawn && asked instanceof Reply.Ok;
        }
    }

    /** Waits until a run is well on its way and enough earlier ones are over. */
    private static RunState awaitScene(GatewayClient client) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            if (client.runs() instanceof Reply.Ok(var list) && list.runs().size() > HISTORY) {
                RunState newest = list.runs().getFirst();
                boolean onItsWay = newest.elapsed(Instant.now()).compareTo(ON_ITS_WAY) > 0;
                if (newest.status() == RunStatus.RUNNING && onItsWay) {
                    return newest;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IllegalStateException("The pipeline made no run to show in " + LONGEST + ".");
    }

    private Child start(String name, List<String> command) throws IOException {
        Child child = Child.start(name, command, work.resolve(name + ".log"));
        children.add(child);
        return child;
    }

    private void end() {
        children.reversed().forEach(child -> child.stop(Duration.ofSeconds(5)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
