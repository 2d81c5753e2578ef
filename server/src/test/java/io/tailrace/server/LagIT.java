package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Readers that fall behind. */
class LagIT {

    private static final String OPEN = "GET /api/sse/session/slow?channels=%s HTTP/1.1";
    private static final Pattern LEFT = Pattern.compile("\"entries\":(\\d+)");
    private static final Pattern CONFLATED = Pattern.compile("\"conflated\":(\\d+)");

    private static String block(int from, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            lines.append(
                    i % 10 == 0
                            ? "{\"channel\":\"logs:a:b\",\"message\":\"line %d %s\"}%n"
                                    .formatted(i, "x".repeat(2_000))
                            : "{\"channel\":\"metrics:a\",\"name\":\"m%d\",\"value\":%d}%n"
                                    .formatted(i % 10, i));
        }
        return lines.toString();
    }

    /** The body without the lengths of its chunks: only these come between CR LF. */
    private static String dechunked(String response) {
        return response.replaceAll("\r\n[0-9a-f]+\r\n", "");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static long sum(Pattern pattern, String text) {
        long sum = 0;
        for (Matcher m = pattern.matcher(text); m.find(); ) {
            sum += Long.parseLong(m.group(1));
        }
        return sum;
    }

    @Test
    void aLaggingReaderGetsTheLatestValuesAndEveryLineAndIsTold() throws Exception {
        int all = 40_000;
        try (var gateway = new TestGateway("--tail-bytes=1MiB");
                RawClient slow = new RawClient(gateway.port(), 4_096)) {
            slow.send(OPEN.formatted("logs:*,metrics:*"), "Host: localhost", "");
            slow.readUntil("session_init");
            for (int i = 0; i < all; i += 4_000) {
                gateway.post(
                        "/api/events", block(i, 4_000), "Content-Type", "application/x-ndjson");
            }
            await().until(() -> sessions(gateway).contains("\"lag_seconds\":"));
            gateway.lines("logs:a:b", "the very last");
            assertThat(sessions(gateway)).doesNotContain("\"lag\":0,", "\"lag_seconds\":0.0,");

            String got = dechunked(slow.readUntil("the very last"));

            assertThat(count(got, "\"message\":\"line ")).isEqualTo(all / 10);
            long left = sum(LEFT, got);
            assertThat(left).isPositive();
            assertThat(count(got, "event: metric\n") + left).isEqualTo(all / 10 * 9L);
            assertThat(got).contains("\"name\":\"m9\",\"value\":" + (all - 1));
            assertThat(sum(CONFLATED, sessions(gateway))).isEqualTo(left);
            await().until(() -> sessions(gateway).contains("\"lag\":0,"));
        }
    }

    @Test
    void whatWasStoredBeforeIsReplayedInFull() throws Exception {
        try (var gateway = new TestGateway("--tail-bytes=1MiB")) {
            gateway.post("/api/events", block(0, 12_000), "Content-Type", "application/x-ndjson");
            try (RawClient slow = new RawClient(gateway.port(), 4_096)) {
                slow.send(OPEN.formatted("metrics:*&tail=100000"), "Host: localhost", "");
                String got = dechunked(slow.readUntil("\"value\":11999"));
                assertThat(count(got, "event: metric\n")).isEqualTo(10_800);
            }
        }
    }

    private static String sessions(TestGateway gateway) throws Exception {
        return gateway.get("/api/sessions").body();
    }
}
