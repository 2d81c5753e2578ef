package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.server.broker.Frame;
import io.tailrace.wire.SseFrame;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class ConflationTest {

    private final List<Frame> frames = new ArrayList<>();

    private void add(String kind, String channel, String members) {
        long position = frames.size() + 1L;
        String json = "{\"kind\":\"%s\",\"channel\":\"%s\"%s}".formatted(kind, channel, members);
        byte[] bytes = SseFrame.event("e-" + position, kind, json.getBytes(StandardCharsets.UTF_8));
        frames.add(new Frame(new Channel(channel), position, 0, bytes));
    }

    private List<Long> kept() {
        return Conflation.of(frames).frames().stream().map(Frame::position).toList();
    }

    @Test
    void onlyTheLatestOfEachMeasurementStays() {
        add("metric", "metrics:a", ",\"name\":\"rows\",\"value\":1");
        add("metric", "metrics:a", ",\"name\":\"lag\",\"value\":1");
        add("metric", "metrics:a", ",\"name\":\"rows\",\"value\":2");
        add("metric", "metrics:b", ",\"name\":\"rows\",\"value\":3");
        add("metric", "metrics:a", ",\"name\":\"rows\",\"value\":4,\"task\":\"t\"");
        add("metric", "metrics:a", ",\"name\":\"rows\",\"value\":5,\"host\":\"h1\",\"n\":1");
        add("metric", "metrics:a", ",\"name\":\"rows\",\"value\":6,\"host\":\"h1\",\"n\":2");
        assertThat(kept()).containsExactly(2L, 3L, 4L, 5L, 7L);
        assertThat(Conflation.of(frames).left()).isEqualTo(Map.of(new Channel("metrics:a"), 2L));
    }

    @Test
    void onlyTheLatestProgressOfEachTaskStays() {
        add("progress", "runs:a:w", ",\"run\":\"1\",\"task\":\"t\",\"progress\":1");
        add("progress", "runs:a:w", ",\"run\":\"1\",\"task\":\"t\",\"attempt\":2,\"progress\":2");
        add("progress", "runs:a:w", ",\"run\":\"2\",\"task\":\"t\",\"progress\":3");
        add("workflow_progress", "runs:a:w", ",\"run\":\"1\",\"progress\":4");
        add("workflow_progress", "runs:a:w", ",\"run\":\"1\",\"progress\":5");
        assertThat(kept()).containsExactly(2L, 3L, 5L);
    }

    @Test
    void everythingElseStaysInItsOrder() {
        for (String kind :
                List.of("log", "alert", "status", "complete", "error", "command", "some.other")) {
            for (int i = 0; i < 2; i++) {
                add(kind, "runs:a:w", ",\"run\":\"1\",\"task\":\"t\",\"message\":\"same\"");
            }
        }
        assertThat(kept()).hasSize(14).isSorted();
        assertThat(Conflation.of(frames).left()).isEmpty();
    }

    @Test
    void aPayloadOfSeveralLinesIsPutTogetherAgain() {
        byte[] frame =
                SseFrame.event(
                        "e-1", "log", "{\"a\":\n\"event: x\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(FrameParts.kind(frame)).isEqualTo("log");
        assertThat(FrameParts.data(frame)).asString().isEqualTo("{\"a\":\n\"event: x\"}");
    }
}
