package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.wire.SseEvent;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class DrainIT {

    private static final String[] PIPE = {
        "PUT /api/channels/logs:a:b/events HTTP/1.1",
        "Host: localhost",
        "Transfer-Encoding: chunked",
        ""
    };

    private final MemoryEventLog log = new MemoryEventLog();

    @Test
    void storesTheWholeLinesOfLivePipesAndSaysHowManyThatAre() throws Exception {
        try (var gateway = new TestGateway(log);
                RawClient pipe = new RawClient(gateway.port());
                TestStream stream = gateway.stream("channels=logs:*")) {
            pipe.send(PIPE).chunk("one\ntwo\nthr");
            SseEvent last = stream.entries(2).getLast();

            gateway.stop();

            assertThat(pipe.readToEnd())
                    .startsWith("HTTP/1.1 503 ")
                    .contains(
                            "Retry-After",
                            "Connection: close",
                            "2 events of this request are stored")
                    .contains("\"accepted\":2,", "\"cursor\":\"" + last.id() + "\"");
        }
    }

    @Test
    void endsStreamsCleanlyWithAWordOfFarewell() throws Exception {
        try (var gateway = new TestGateway(log);
                RawClient reader = new RawClient(gateway.port())) {
            reader.send("GET /api/sse/session/r?channels=logs:* HTTP/1.1", "Host: localhost", "");
            reader.readUntil("session_init");

            gateway.stop();

            assertThat(reader.readToEnd())
                    .containsPattern("retry: \\d+\nevent: server_shutting_down")
                    .endsWith("0\r\n\r\n");
        }
    }

    @Test
    void isNotReadyFirstAndRefusesNewRequestsWhileOldOnesEnd() throws Exception {
        try (var gateway = new TestGateway(log, "--drain-delay=300ms", "--drain-timeout=3s");
                RawClient keyed = new RawClient(gateway.port())) {
            keyed.send(
                    "POST /api/channels/logs:a:b/events HTTP/1.1",
                    "Host: localhost",
                    "Idempotency-Key: k",
                    "Content-Length: 8",
                    "",
                    "on");
            Thread stopping = Thread.ofVirtual().start(gateway::stop);

            await().until(() -> gateway.get("/health/ready").statusCode() == 503);
            assertThat(gateway.get("/health/ready").body()).contains("The gateway is stopping.");
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            await().until(() -> gateway.post("/api/events", "x").statusCode() == 503);
            keyed.bytes("more".getBytes(StandardCharsets.UTF_8));

            assertThat(keyed.readUntil("\"accepted\":2")).startsWith("HTTP/1.1 200 ");
            assertThat(stopping.join(Duration.ofMinutes(1))).isTrue();
        }
    }

    @Test
    void givesUpOnRequestsThatDoNotEnd() throws Exception {
        try (var gateway = new TestGateway(log, "--drain-timeout=1s");
                RawClient stuck = new RawClient(gateway.port())) {
            stuck.send(
                    "POST /api/events HTTP/1.1",
                    "Host: localhost",
                    "Idempotency-Key: k",
                    "Content-Length: 100",
                    "",
                    "{");
            await().until(() -> gateway.get("/api/status").body().contains("\"open\":2"));
            long begin = System.nanoTime();

            gateway.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(20));
        }
    }
}
