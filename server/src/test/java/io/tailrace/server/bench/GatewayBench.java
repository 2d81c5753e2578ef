package io.tailrace.server.bench;

import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The gateway in a process of its own with its store on disk: how fast it starts, publishes that
 * were acknowledged after fsync, and the replay of all of them to one client.
 */
public final class GatewayBench {

    private static final int PUBLISHERS = 64;
    private static final int BATCH = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess server;
    private final AtomicLong events = new AtomicLong();

    private GatewayBench(ServerProcess server) {
        this.server = server;
    }

    /**
     * Runs it; takes half a minute.
     *
     * @param arguments how many seconds to publish (10), options for the gateway's JVM
     */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        List<String> jvm =
                List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        for (int i = 0; i < 3; i++) {
            start(jvm);
        }
        Path folder = Files.createTempDirectory("gateway-bench");
        try (ServerProcess server = ServerProcess.gateway(folder, jvm)) {
            var bench = new GatewayBench(server);
            long _ = bench.publish(Duration.ofSeconds(5)); // warm up
            long before = bench.events.get();
            double cpu = server.cpuSeconds();
            long nanos = bench.publish(Duration.ofSeconds(seconds));
            bench.print(
                    "acknowledged publishes, 64 x batches of 100",
                    bench.events.get() - before,
                    nanos,
                    cpu);
            bench.replay();
            bench.replay();
        }
        System.exit(0);
    }

    private static void start(List<String> jvm) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gateway-bench");
        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.gateway(folder, jvm)) {
            double millis = (System.nanoTime() - begin) / 1e6;
            server.collect();
            System.out.printf(
                    "from start to listening %,.0f ms, CPU %.2f s, resident %,d MB%n",
                    millis, server.cpuSeconds(), server.residentBytes() >> 20);
        }
    }

    private long publish(Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < PUBLISHERS; p++) {
            byte[] body = body(p);
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try (RawPost post = new RawPost(server.port())) {
                                    while (System.nanoTime() < end) {
                                        post.post("/api/events", "application/x-ndjson", body);
                                        events.addAndGet(BATCH);
                                    }
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - begin;
    }

    private static byte[] body(int publisher) {
        return """
        {"channel":"logs:bench:w%d","level":"INFO","run":"42","task":"load","message":"batch 00023369 rows=4475 dur=720ms loaded into warehouse.orders_fact, nothing unusual to see here"}
        """
                .formatted(publisher)
                .repeat(BATCH)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Everything, from the first entry on, in one request. */
    private void replay() throws IOException, InterruptedException {
        String path = "/api/sse/session/bench?channels=logs:bench:*&after=" + epoch() + "-0";
        double cpu = server.cpuSeconds();
        long begin = System.nanoTime();
        long seen = 0;
        long position = 0;
        try (InputStream body =
                http.send(request(path), HttpResponse.BodyHandlers.ofInputStream()).body()) {
            SseReader reader = new SseReader(body);
            while (seen < events.get()) {
                SseEvent event = reader.next();
                if (event == null) {
                    throw new IllegalStateException("The stream ended after " + seen + " events.");
                }
                String id = event.id();
                if (id != null) {
                    seen++;
                    long next = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
                    if (next <= position) {
                        throw new IllegalStateException(next + " came after " + position + ".");
                    }
                    position = next;
                }
            }
        }
        print("replay to one client", seen, System.nanoTime() - begin, cpu);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }

    private String epoch() throws IOException, InterruptedException {
        String body =
                http.send(request("/api/runs?limit=1"), HttpResponse.BodyHandlers.ofString())
                        .body();
        return body.replaceAll("(?s).*\"cursor\":\"([^-]+)-.*", "$1");
    }

    private void print(String what, long count, long nanos, double cpuBefore) throws IOException {
        double cpu = server.cpuSeconds() - cpuBefore;
        System.out.printf(
                "%-45s %,12d events  %,10.0f events/s  %.2f us CPU each%n",
                what, count, count * 1e9 / nanos, cpu * 1e6 / count);
    }
}
