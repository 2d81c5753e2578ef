package io.tailrace.server.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class DbtRunsTest {

    private static final Channel LOGS = Channel.logs("shop", "dbt");

    private final DbtRuns runs = new DbtRuns();

    private List<Event.Published> read(String invocation, String name, String node, Instant now) {
        return read(body("ada"), invocation, name, node, now);
    }

    private DbtLines body(String caller) {
        return new DbtLines(caller, LOGS, Subject.NONE, runs);
    }

    private static List<Event.Published> read(
            DbtLines body, String invocation, String name, String node, Instant now) {
        String line =
                """
                {"info":{"name":"%s","code":"Q1","level":"info","msg":"m","ts":"2026-11-21T10:00:00Z",\
                "invocation_id":"%s","category":"","extra":{},"pid":1,"thread":"t"},"data":{"success":true%s}}\
                """
                        .formatted(
                                name,
                                invocation,
                                node.isEmpty()
                                        ? ""
                                        : ",\"node_info\":{\"unique_id\":\"" + node + "\"}");
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return body.read(bytes, 0, bytes.length, now);
    }

    private boolean starts(String invocation, Instant now) {
        return read(invocation, "Note", "", now).getFirst() instanceof Event.WorkflowStarted;
    }

    @Test
    void anInvocationGoesOnInTheNextBody() {
        assertThat(starts("i", Instant.EPOCH)).isTrue();
        assertThat(starts("i", Instant.EPOCH)).isFalse();
        assertThat(starts("other", Instant.EPOCH)).isTrue();
    }

    @Test
    void whatWasNotTakenBeginsAnewAndNobodyElseCounts() {
        DbtLines refused = body("ada");
        for (String name : List.of("Note", "CommandCompleted")) {
            assertThat(read(refused, "i", name, "", Instant.EPOCH)).hasSize(2);
        }
        assertThat(read(body("bob"), "i", "Note", "", Instant.EPOCH)).hasSize(2);

        refused.forget();

        assertThat(read("i", "CommandCompleted", "", Instant.EPOCH))
                .extracting(Event::kind)
                .containsExactly("workflow_started", "workflow_complete", "log");
        assertThat(read(body("bob"), "i", "Note", "", Instant.EPOCH)).hasSize(1);
    }

    @Test
    void onlySoManyAreRemembered() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(starts("i" + i, Instant.EPOCH)).isTrue();
        }
        assertThat(runs.size()).isLessThanOrEqualTo(256);
        assertThat(starts("i4999", Instant.EPOCH)).isFalse();
        assertThat(starts("i0", Instant.EPOCH)).isTrue();
    }

    @Test
    void theirNodesAreBoundedTogether() {
        for (int run = 0; run < 12; run++) {
            for (int node = 0; node < 10_000; node++) {
                read("i" + run, "LogStartLine", "n" + node, Instant.EPOCH);
            }
        }
        assertThat(runs.size()).isLessThanOrEqualTo(6);
    }

    @Test
    void theyAreForgottenAfterADayAndWhenEndedSooner() {
        assertThat(starts("long", Instant.EPOCH)).isTrue();
        read("ended", "CommandCompleted", "", Instant.EPOCH);
        Instant later = Instant.EPOCH.plus(Duration.ofHours(2));
        assertThat(starts("x", later)).isTrue();
        assertThat(starts("y", later)).isTrue();
        assertThat(runs.size()).isEqualTo(3);
        assertThat(starts("long", later)).isFalse();
        Instant muchLater = later.plus(Duration.ofHours(25));
        assertThat(starts("z", muchLater)).isTrue();
        assertThat(runs.size()).isEqualTo(1);
    }
}
