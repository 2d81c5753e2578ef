package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.util.Collections;

class SlowReaderIT {

    private static final String OPEN = "GET /api/sse/session/slow?channels=logs:* HTTP/1.1";

    /** The reader takes nothing; the others get everything, and it is given up in the end. */
    @Test
    void aReaderThatTakesNothingHurtsNobodyAndIsGivenUp() throws Exception {
        try (var gateway = new TestGateway("--write-timeout=1s", "--tail-bytes=1MiB");
                RawClient slow = new RawClient(gateway.port(), 4_096);
                TestStream quick = gateway.stream("channels=logs:*")) {
            slow.send(OPEN, "Host: localhost", "");
            quick.next("session_init");
            await().until(() -> gateway.get("/api/sessions").body().contains("slow"));
            String line = "x".repeat(1_000);
            String[] block = Collections.nCopies(500, line).toArray(String[]::new);
            for (int i = 0; i < 20; i++) {
                gateway.lines("logs:a:b", block);
                assertThat(quick.messages(500)).allMatch(line::equals);
            }
            await().until(() -> !gateway.get("/api/sessions").body().contains("slow"));
            assertThat(gateway.get("/metrics").body())
                    .contains("tailrace_sessions_closed_total{reason=\"stalled\"} 1.0");
        }
    }

    /** It resumes where it was, and gets the rest from the log. */
    @Test
    void aReaderThatFellFarBehindGetsEverythingInTheEnd() throws Exception {
        try (var gateway = new TestGateway("--tail-bytes=1MiB");
                RawClient slow = new RawClient(gateway.port(), 4_096)) {
            slow.send(OPEN, "Host: localhost", "");
            slow.readUntil("session_init");
            String[] block = Collections.nCopies(500, "y".repeat(1_000)).toArray(String[]::new);
            for (int i = 0; i < 10; i++) {
                gateway.lines("logs:a:b", block);
            }
            String last = gateway.lines("logs:a:b", "the very last");

            assertThat(slow.readUntil("the very last").split("id: ")).hasSize(5_002);
            assertThat(last).endsWith("-5001");
        }
    }
}
