package io.tailrace.publisher;

import ch.qos.logback.classic.LoggerContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.logging.Logger;

/**
 * What a log line costs the thread that logs it: through the appender, the handler and the
 * publisher itself, with a gateway that answers, one that never answers, and none; with and without
 * disk.
 *
 * <p>{@code mvn -Pbench -q -pl shared-model test
 * -Dshared.main=io.tailrace.publisher.PublisherBench}
 */
final class PublisherBench {

    private static final int BURST = 1_000;
    private static final int BURSTS = 150;
    private static final int WARM = 60;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private enum Gateway {
        REACHABLE,
        STALLED,
        AWAY,
        AWAY_WITH_DISK
    }

    private PublisherBench() {}

    /** No arguments. */
    public static void main(String... args) throws Exception {
        System.out.println(
                "| way | gateway | CPU µs/line | mean µs | p50 | p99 | max ms | dropped |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Gateway state : Gateway.values()) {
            for (String way : new String[] {"publisher", "appender", "handler"}) {
                measure(way, state);
            }
        }
    }

    private static void measure(String way, Gateway state) throws Exception {
        Path folder = Files.createTempDirectory("publisher-bench");
        HttpServer server = server(state);
        PublisherSettings settings =
                PublisherSettings.of(
                                URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                        .withMemory(16 << 20, new WhenFull.DropAndReport())
                        .withTimeouts(Duration.ofSeconds(30), Duration.ZERO);
        if (state == Gateway.AWAY || state == Gateway.AWAY_WITH_DISK) {
            server.stop(0);
        }
        Publisher publisher =
                new Publisher(
                        state == Gateway.AWAY_WITH_DISK
                                ? settings.withSpill(folder, 1L << 30)
                                : settings,
                        new PublishListener() {});
        try {
            report(way, state, publisher, line(way, publisher));
        } finally {
            publisher.close();
            server.stop(0);
        }
    }

    private static IntConsumer line(String way, Publisher publisher) {
        return switch (way) {
            case "appender" -> {
                LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
                context.reset();
                TailraceAppender appender = new TailraceAppender();
                appender.setContext(context);
                appender.setPublisher(publisher);
                appender.setWorkspace("acme");
                appender.setWorkflow("orders");
                appender.start();
                var logger = context.getLogger("shop.Orders");
                logger.addAppender(appender);
                yield i -> logger.info("order {} of customer {} loaded in 12 ms", i, "4711");
            }
            case "handler" -> {
                Logger logger = Logger.getAnonymousLogger();
                logger.setUseParentHandlers(false);
                logger.addHandler(new TailraceHandler(publisher, "acme", "orders"));
                yield i -> logger.info("order " + i + " of customer 4711 loaded in 12 ms");
            }
            default ->
                    i ->
                            publisher.publish(
                                    Lines.log("order " + i + " of customer 4711 loaded in 12 ms"));
        };
    }

    private static void report(String way, Gateway state, Publisher publisher, IntConsumer line)
            throws InterruptedException {
        for (int burst = 0; burst < WARM; burst++) {
            burst(line, new long[BURST], 0);
            boolean _ = new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
        long[] nanos = new long[BURSTS * BURST];
        long cpu = THREADS.getCurrentThreadCpuTime();
        long pauses = 0;
        for (int burst = 0; burst < BURSTS; burst++) {
            burst(line, nanos, burst * BURST);
            long before = THREADS.getCurrentThreadCpuTime();
            boolean _ = new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
            pauses += THREADS.getCurrentThreadCpuTime() - before;
        }
        double used = THREADS.getCurrentThreadCpuTime() - cpu - pauses;
        Arrays.sort(nanos);
        System.out.printf(
                "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %,d |%n",
                way,
                state,
                used / nanos.length / 1e3,
                Arrays.stream(nanos).average().orElse(0) / 1e3,
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length - nanos.length / 100] / 1e3,
                nanos[nanos.length - 1] / 1e6,
                publisher.stats().dropped());
    }

    private static void burst(IntConsumer line, long[] nanos, int from) {
        for (int i = 0; i < BURST; i++) {
            long begin = System.nanoTime();
            line.accept(i);
            nanos[from + i] = System.nanoTime() - begin;
        }
    }

    private static HttpServer server(Gateway state) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway").factory()));
        server.createContext(
                "/api/events",
                exchange -> {
                    if (state == Gateway.STALLED) {
                        Lines.awaitForever();
                    }
                    answer(exchange);
                });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        long size = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] reply =
                "{\"accepted\":%d,\"rejected\":[]}"
                        .formatted(size)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }
}
