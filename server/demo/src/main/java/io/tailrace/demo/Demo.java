package io.tailrace.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
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
import java.util.Map;

/**
 * Starts gateway, pipeline and console, tells what is where, and ends all when one ends or on
 * Ctrl-C.
 */
public final class Demo {

    private static final int USUAL_PORT = 8787;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Path work;
    private final PrintStream out;
    private final JavaCommand java = JavaCommand.ofThisProcess();
    private final List<Child> children = new ArrayList<>(); // under this, in order of start
    private boolean ending; // under this

    private Demo(Path work, PrintStream out) {
        this.work = work;
        this.out = out;
    }

    /** Runs until the console is closed or somebody presses Ctrl-C: {@code [--work=DIR]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Path.of(System.getProperty("java.io.tmpdir"), "tailrace-demo");
        for (String arg : args) {
            if (arg.startsWith("--work=")) {
                work = Path.of(arg.substring("--work=".length()));
            }
        }
        Files.createDirectories(work);
        Demo demo = new Demo(work.toAbsolutePath(), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::end));
        System.exit(demo.run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        int port = port();
        String url = "http://127.0.0.1:" + port;
        out.println("Tailrace demo. Everything it writes is in " + work);
        Child gateway =
                start(
                        "gateway",
                        java.gateway(
                                512,
                                List.of("--port=" + port, "--data=" + work.resolve("gateway"))));
        if (!ready(gateway, url)) {
            return false;
        }
        out.println("The gateway listens on " + url);
        Child pipeline =
                start(
                        "pipeline",
                        java.plain(
                                384,
                                "io.tailrace.demo.pipeline.Main",
                                List.of("--gateway=" + url, "--work=" + work.resolve("pipeline"))));
        out.println("The pipeline reads your Maven repository, run after run");
        if (!display(System.getenv(), System.getProperty("os.name"))) {
            out.println("There is no display (neither DISPLAY nor WAYLAND_DISPLAY): no console.");
            withoutConsole(url);
            return report(firstEnded(gateway, pipeline));
        }
        Child console =
                start(
                        "console",
                        java.javaFx(512, "io.tailrace.desktop.Main", List.of("--gateway=" + url)));
        out.println("The console opens. Close its window or press Ctrl-C to end the demo.");
        Child ended = firstEnded(console, gateway, pipeline);
        if (!ended.equals(console)) {
            return report(ended);
        }
        if (console.exitCode() == 0 || console.endedBySignal()) {
            say("The console was closed: the demo ends.");
            return true;
        }
        boolean _ = report(console);
        withoutConsole(url);
        return report(firstEnded(gateway, pipeline));
    }

    private void withoutConsole(String url) {
        out.println("Try:  curl -N '" + url + "/api/sse/session/me?channels=*&tail=5'");
        out.println("Gateway and pipeline go on until you press Ctrl-C.");
    }

    /** Whether a window can be opened. */
    static boolean display(Map<String, String> environment, String system) {
        return !system.startsWith("Linux")
                || !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }

    /** The usual port, or a free one when something listens there. */
    private int port() throws IOException {
        try (ServerSocket _ = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return USUAL_PORT;
        } catch (IOException e) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                out.println(
                        "Something listens on port %d already, perhaps a gateway of yours: this demo"
                                        .formatted(USUAL_PORT)
                                + " takes port %d.".formatted(free.getLocalPort()));
                return free.getLocalPort();
            }
        }
    }

    private Child start(String name, List<String> command) {
        synchronized (this) {
            if (ending) {
                throw new IllegalStateException("The demo ends.");
            }
            Child child = Child.start(name, command, work.resolve(name + ".log"));
            children.add(child);
            out.println("Started the " + name + "; its output is in " + child.output());
            return child;
        }
    }

    private boolean ready(Child gateway, String url) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end) {
                if (gateway.awaitEnd(Duration.ofMillis(200))) {
                    boolean _ = report(gateway);
                    return false;
                }
                if (answers(client, request)) {
                    return true;
                }
            }
        }
        say("The gateway is not ready after %d s.".formatted(LONGEST_START.toSeconds()));
        gateway.lastLines(10).forEach(line -> out.println("  " + line));
        return false;
    }

    private static boolean answers(HttpClient client, HttpRequest request)
            throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static Child firstEnded(Child... children) throws InterruptedException {
        while (true) {
            boolean _ = children[0].awaitEnd(Duration.ofMillis(300));
            for (Child child : children) {
                if (!child.alive()) {
                    return child;
                }
            }
        }
    }

    /**
     * Says that a child ended that should not have.
     *
     * @return whether somebody wanted it to, as with Ctrl-C, which reaches all
     */
    private boolean report(Child child) {
        if (child.endedBySignal()) {
            say("The %s was ended by a signal: the demo ends.".formatted(child.name()));
            return true;
        }
        say(
                "The %s ended by itself with exit code %d. Its last lines (all are in %s):"
                        .formatted(child.name(), child.exitCode(), child.output()));
        child.lastLines(10).forEach(line -> out.println("  " + line));
        return false;
    }

    private synchronized void say(String sentence) {
        if (!ending) {
            out.println(sentence);
        }
    }

    /** Ends the children, the last one first: what the pipeline still has to say is stored. */
    private void end() {
        List<Child> all;
        synchronized (this) {
            ending = true;
            all = children.reversed();
        }
        all.forEach(child -> child.stop(PATIENCE));
    }
}
