package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;

/** How many channels there may be, and how many a stream may carry. */
class ChannelLimitsIT {

    @Test
    void aChannelTooManyIsRejectedLineByLine() throws Exception {
        try (var gateway = new TestGateway("--max-channels=2")) {
            String body =
                    """
                    {"channel":"logs:a:1","message":"x"}
                    {"channel":"logs:a:2","message":"x"}
                    {"channel":"logs:a:3","message":"x"}
                    {"channel":"logs:a:1","message":"y"}
                    """;
            assertThat(gateway.post("/api/events", body).body())
                    .contains(
                            "\"accepted\":3",
                            "{\"line\":3,\"reason\":\"Channel 'logs:a:3' would be one too many");
            assertThat(gateway.post("/api/channels/logs:a:4/events", "x").statusCode())
                    .isEqualTo(400);
            gateway.lines("logs:a:2", "still taken");
            assertThat(gateway.get("/api/channels").body()).doesNotContain("logs:a:3", "logs:a:4");
        }
    }

    @Test
    void aStreamIsToldOfChannelsThatComeTooLateForIt() throws Exception {
        try (var gateway = new TestGateway("--max-channels-per-stream=2");
                TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            gateway.lines("logs:a:1", "one");
            gateway.lines("logs:a:2", "two");
            assertThat(stream.messages(2)).containsExactly("one", "two");
            gateway.lines("logs:a:3", "not sent");
            assertThat(EventCodec.decode(stream.next("gap").data()))
                    .isInstanceOfSatisfying(
                            Event.Gap.class,
                            gap -> {
                                assertThat(gap.channel().name()).isEqualTo("logs:a:3");
                                assertThat(gap.reason()).isEqualTo("limit");
                                assertThat(gap.message()).contains("carries 2 channels");
                            });
            gateway.lines("logs:a:3", "not sent either");
            gateway.lines("logs:a:1", "still there");
            assertThat(stream.messages(1)).containsExactly("still there");
        }
    }

    @Test
    void questionsCountTheirChannelsToo() throws Exception {
        try (var gateway = new TestGateway("--max-channels=1")) {
            gateway.lines("logs:a:1", "x");
            var answer =
                    gateway.post("/api/chat/question", "{\"session\":\"s\",\"message\":\"help\"}");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                    .contains("'session:s' would be one too many", "raise max-channels");
        }
    }

    @Test
    void aStreamBeginsWithSoManyChannelsAtMost() throws Exception {
        try (var gateway = new TestGateway("--max-channels-per-stream=2")) {
            gateway.lines("logs:a:1", "x");
            gateway.lines("logs:a:2", "x");
            gateway.lines("logs:a:3", "x");
            assertThat(gateway.get("/api/sse/session/s?channels=logs:*").body())
                    .contains("match 3 channels; a stream begins with at most 2");
            assertThat(gateway.get("/api/events?channels=logs:*").statusCode()).isEqualTo(400);
            try (TestStream _ = gateway.stream("channels=logs:a:1")) {
                var change =
                        gateway.request("/api/sse/session/test/channels")
                                .PUT(BodyPublishers.ofString("{\"channels\":[\"logs:*\"]}"));
                assertThat(gateway.send(change).body()).contains("match 3 channels");
            }
        }
    }
}
