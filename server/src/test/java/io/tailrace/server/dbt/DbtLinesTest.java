package io.tailrace.server.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.RunTable;
import io.tailrace.model.Subject;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class DbtLinesTest {

    private static final Channel LOGS = Channel.logs("shop", "dbt");

    private final DbtLines lines = new DbtLines("ada", LOGS, Subject.NONE, new DbtRuns());

    private List<Event.Published> read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return lines.read(bytes, 0, bytes.length, Instant.EPOCH);
    }

    private List<Event.Published> all(String name) throws IOException {
        List<Event.Published> events = new ArrayList<>();
        try (InputStream in = DbtLinesTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().forEach(line -> events.addAll(read(line)));
        }
        return events;
    }

    private static RunState folded(List<Event.Published> events) {
        RunTable table = new RunTable();
        for (Event event : events) {
            table.apply(new Entry(new Cursor("e", 1 + events.indexOf(event)), event));
        }
        return table.runs().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug.jsonl", "info.jsonl"})
    void nodesAreTasksWithTheirStatesWhateverIsPrinted(String name) throws IOException {
        List<Event.Published> events = all(name);
        RunState run = folded(events);

        assertThat(run.key().run()).isEqualTo("7f0c2a51-1d1e-4b57-9f0e-0a6a5a1f0001");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.progress()).isEqualTo(100);
        assertThat(run.tasks())
                .extracting(TaskState::name)
                .containsExactly("orders", "not_null_orders_id", "report");
        assertThat(run.tasks())
                .extracting(TaskState::status)
                .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.SKIPPED);
        assertThat(events.stream().filter(Event.WorkflowComplete.class::isInstance)).hasSize(1);
        assertThat(events.stream().filter(Event.WorkflowProgress.class::isInstance))
                .extracting(e -> ((Event.WorkflowProgress) e).message())
                .containsExactly("1 of 3", "2 of 3", "3 of 3");
    }

    @Test
    void theFinestLinesTellRowsTimesAndWhy() throws IOException {
        List<Event.Published> events = all("debug.jsonl");
        RunState run = folded(events);

        TaskState orders = run.task("orders").orElseThrow();
        assertThat(orders.rows()).isEqualTo(7);
        AttemptState attempt = orders.attempts().getFirst();
        assertThat(attempt.startedAt()).isEqualTo("2026-11-21T10:00:01Z");
        assertThat(attempt.endedAt()).isEqualTo("2026-11-21T10:00:02.900Z");
        assertThat(run.task("not_null_orders_id").orElseThrow().error())
                .isEqualTo("Got 2 results, configured to fail if != 0");
        assertThat(run.errors()).isEqualTo(1);
        assertThat(events.stream().filter(Event.Metric.class::isInstance))
                .extracting(e -> ((Event.Metric) e).name())
                .containsExactly("dbt.execution_time", "dbt.rows", "dbt.execution_time");
        assertThat(events.stream().filter(Event.Log.class::isInstance)).hasSize(14);
    }

    @Test
    void theRunThatTheRequestNamesCounts() {
        var named = new DbtLines("ada", LOGS, Subject.ofRun("x", "y", "42"), new DbtRuns());
        byte[] line =
                "{\"data\":{},\"info\":{\"invocation_id\":\"i\",\"name\":\"N\",\"msg\":\"m\",\"ts\":\"?\"}}"
                        .getBytes(StandardCharsets.UTF_8);

        List<Event.Published> events = named.read(line, 0, line.length, Instant.EPOCH);

        assertThat(events).extracting(e -> e.subject().run()).containsOnly("42");
        assertThat(events).extracting(Event::channel).contains(LOGS, Channel.runs("shop", "dbt"));
        var nowhere = new DbtLines("ada", null, Subject.NONE, new DbtRuns());
        assertThat(nowhere.read(line, 0, line.length, Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "text",
                "{\"data\":{}}",
                "{\"data\":{},\"info\":{}}",
                "{\"data\":1,\"info\":{\"invocation_id\":1,\"name\":\"a\",\"msg\":\"b\"}}",
                "{\"info\":\"x\",\"data\":{}}",
                "{\"data\":{},\"info\":{\"invocation_id\":\"i\",\"name\":\"a\",\"msg\":\"b\"}}"
                        + " more",
                "{\"message\":\"data\",\"info\":{\"invocation_id\":\"i\"}}"
            })
    void whatDbtDidNotPrintIsLeftToOthers(String line) {
        assertThat(read(line)).isEmpty();
    }

    @Test
    void twoNodesOfOneNameStayTwo() {
        String line =
                "{\"data\":{\"node_info\":{\"node_name\":\"a\",\"unique_id\":\"%s\"}},\"info\":{\"invocation_id\":\"i\",\"name\":\"NodeStart\",\"msg\":\"m\"}}";
        List<Event.Published> events = new ArrayList<>(read(line.formatted("model.a")));
        events.addAll(read(line.formatted("test.a")));
        events.addAll(read(line.formatted("model.a")));

        assertThat(folded(events).tasks())
                .extracting(TaskState::name)
                .containsExactly("a", "test.a");
    }

    @Test
    void damagedLinesHarmNothing() throws IOException {
        String text;
        try (InputStream in = DbtLinesTest.class.getResourceAsStream("debug.jsonl")) {
            text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Random random = new Random(5);
        List<String> good = text.lines().toList();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = good.get(random.nextInt(good.size())).getBytes(StandardCharsets.UTF_8);
            for (int n = 0; n < 3; n++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(lines.read(bytes, 0, bytes.length, Instant.EPOCH)).isNotNull();
        }
    }
}
