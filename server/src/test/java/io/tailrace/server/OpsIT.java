package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class OpsIT {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway =
                new TestGateway(
                        "--access-log=on",
                        "--question-rate=2",
                        "--publish-rate=50",
                        "--self-check=0s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void saysHowItIs() throws Exception {
        String cursor = gateway.lines("logs:ops:status", "one", "two");
        try (TestStream stream = gateway.stream("channels=logs:*,alerts:me&tail=1")) {
            stream.next("session_init");

            assertThat(gateway.get("/api/status").body())
                    .contains("\"version\":\"", "\"uptime_seconds\":", "\"ready\":true")
                    .contains("\"not_ready\":[]", "\"access\":\"", "\"published_per_second\":")
                    .contains("\"epoch\":\"" + cursor.substring(0, cursor.indexOf('-')) + "\"")
                    .contains("\"lag\":{\"logs\":{\"entries\":", "\"alerts\":{\"entries\":")
                    .contains("\"streams\":{\"sse\":", "\"poll\":0,", "\"max_streams\":18000");
            await().until(() -> gateway.get("/api/sessions").body().contains("\"lag\":0"));
            assertThat(gateway.get("/api/sessions").body())
                    .contains("\"session\":\"test\"", "\"lag_seconds\":0.0", "\"bytes\":");
        }
    }

    @Test
    void countsWhatOperatorsAskFor() throws Exception {
        gateway.post("/api/events", "{\"channel\":\"logs:ops:x\",\"message\":\"x\"}\nno event\n");
        gateway.get("/nothing");
        try (TestStream stream = gateway.stream("channels=logs:ops:*&tail=1")) {
            stream.entries(1);
            gateway.lines("logs:ops:live", "live");
            stream.entries(1);

            assertThat(gateway.get("/metrics").body())
                    .contains("tailrace_events_rejected_total{reason=\"malformed\"} 1.0")
                    .contains("tailrace_events_rejected_total{reason=\"denied\"} 0.0")
                    .contains("tailrace_streams_open{transport=\"sse\"}")
                    .contains("tailrace_lag_entries{channels=\"logs\"}")
                    .contains("tailrace_lag_seconds{channels=\"logs\"}")
                    .contains("tailrace_replay_entries_bucket{outcome=\"complete\",le=\"1.0\"}")
                    .contains("tailrace_publish_to_flush_seconds_bucket")
                    .contains("tailrace_append_seconds_bucket", "tailrace_broker_backlog 0.0")
                    .contains("tailrace_received_bytes_total", "tailrace_answered_bytes_total")
                    .contains("tailrace_http_requests_total{status=\"4xx\"}")
                    .contains("tailrace_tail_reads_total{result=\"hit\"}", "tailrace_channels ")
                    .contains("tailrace_connections_open", "tailrace_connections_limit")
                    .contains("tailrace_ready 1.0", "tailrace_runs ", "process_files_open_files")
                    .contains("tailrace_store_used_bytes", "tailrace_store_free_bytes");
        }
    }

    @Test
    void logsEachRequestInOneLineWithoutItsQuery() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        var handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        if ("tailrace.access".equals(record.getLoggerName())) {
                            lines.add(record.getMessage());
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger.getLogger("").addHandler(handler);
        try {
            gateway.get("/api/runs?limit=5&workflow=secret");
            gateway.get("/no/a%0d%0ab");
            gateway.stream("channels=logs:*,logs:secret:*").close();
            await().until(() ->
                    lines.stream().anyMatch(line -> line.contains("end=gone")) || nudge());

            assertThat(lines)
                    .noneMatch(line -> line.contains("secret"))
                    .anyMatch(line ->
                            line.matches(
                                    "remote=127.0.0.1 caller=anybody method=GET path=/api/runs"
                                            + " status=200 bytes=\\d+ ms=\\d+"))
                    .anyMatch(line -> line.contains("path=/no/a%0d%0ab status=404"))
                    .anyMatch(line -> line.contains("path=/api/sse/session/test status=200"));
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
    }

    /** Only a write shows that a reader is gone. */
    private static boolean nudge() throws Exception {
        gateway.lines("logs:ops:nudge", "nudge");
        return false;
    }

    @Test
    void refusesStreamsBeyondItsLimitWithASentence() throws Exception {
        try (var small = new TestGateway("--max-streams=2");
                TestStream one = small.stream("channels=logs:*");
                TestStream two = small.stream("channels=logs:*")) {
            one.next("session_init");
            two.next("session_init");
            HttpResponse<String> third = small.get("/api/sse/session/x?channels=logs:*");

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(third.body()).contains("has 2 streams open, which is all it takes");
            assertThat(small.get("/metrics").body())
                    .contains("tailrace_limit_hits_total{limit=\"streams\"} 1.0");
        }
    }

    @Test
    void aPlaceIsFreeAsSoonAsSomebodyElseNeedsItAndItsReaderIsGone() throws Exception {
        try (var small = new TestGateway("--max-streams=1", "--heartbeat=1h")) {
            TestStream one = small.stream("channels=logs:*");
            one.next("session_init");
            one.close();

            try (TestStream two = small.stream("channels=logs:*")) {
                assertThat(two.next("session_init")).isNotNull();
            }
        }
    }

    /** The reader's own entries lie well before the end of what was stored when it came. */
    @Test
    void countsReplays() throws Exception {
        try (var small = new TestGateway("--tail-bytes=1MiB")) {
            small.lines("logs:a:mine", "1", "2", "3");
            small.lines("logs:a:other", "x".repeat(900_000));
            small.lines("logs:a:other", "y".repeat(900_000));
            try (TestStream stream = small.stream("channels=logs:a:mine&tail=10")) {
                assertThat(stream.messages(3)).containsExactly("1", "2", "3");
                await().until(() ->
                        small.get("/metrics")
                                .body()
                                .contains("tailrace_replay_entries_sum{outcome=\"complete\"} 3.0"));
            }
        }
    }

    @Test
    void refusesTooManyQuestions() throws Exception {
        HttpResponse<String> answer = gateway.post("/api/chat/question", "{}");
        for (int i = 0; i < 3; i++) {
            answer = gateway.post("/api/chat/question", "{}");
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(1L, 60L);
        assertThat(answer.body()).contains("Only 2 questions a minute");
    }
}
