package io.tailrace.wire;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;
import io.tailrace.model.SuggestedAction;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event of each kind and more, by the name of the golden file that holds its JSON. */
final class GoldenEvents {

    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00.123456789Z");
    private static final Instant LATER = Instant.parse("2026-11-21T10:05:00Z");
    private static final Subject RUN = Subject.ofRun("acme", "nightly", "r-1");
    private static final Subject TASK = RUN.withTask("load orders", 2);
    private static final Channel RUNS = Channel.runs("acme", "nightly");

    private GoldenEvents() {}

    static Map<String, Event> all() {
        Map<String, Event> all = new LinkedHashMap<>();
        all.put("log", new Event.Log(logs(TASK), Level.ERROR, "no space left", "etl.Load", "at x"));
        all.put("log_minimal", new Event.Log(logs(about()), Level.INFO, "", null, null));
        all.put("log_fields", new Event.Log(withFields(), Level.WARN, "many fields", null, null));
        all.put("log_unicode", unicode());
        all.put("workflow_started", started());
        all.put(
                "workflow_progress",
                new Event.WorkflowProgress(runs(RUN), 33.25, "a third is done"));
        all.put("partial_results", new Event.PartialResults(runs(RUN), 1_000L, "first page"));
        all.put(
                "workflow_complete",
                new Event.WorkflowComplete(
                        runs(RUN), RunStatus.FAILED, 12L, "stopped early", "disk full"));
        all.put(
                "workflow_complete_minimal",
                new Event.WorkflowComplete(runs(RUN), RunStatus.SUCCEEDED, null, null, null));
        all.put("progress", new Event.Progress(runs(TASK), 50.0, 9_007_199_254_740_993L, "half"));
        all.put("progress_minimal", new Event.Progress(runs(TASK), null, null, null));
        all.put("complete", new Event.Complete(runs(TASK), 0L, "nothing to do"));
        all.put(
                "error",
                new Event.Failed(runs(TASK), "refused", "java.io.IOException\n\tat", true));
        all.put("status", new Event.Status(runs(RUN), "accepted", "will pause", "c-7"));
        all.put("educational", new Event.Educational(runs(TASK), "Why?", "**Joins** take long."));
        all.put("metric", metric(0.1));
        all.put("metric_whole", metric(1_234_567));
        all.put("metric_tiny", metric(-1.5e-300));
        all.put("alert", alert());
        all.put(
                "chat_question",
                new Event.ChatQuestion(session(RUN), "v-1", "q-1", "What failed?"));
        all.put("chat_response", response());
        all.put(
                "command",
                new Event.Command(
                        header(Channel.commands("acme", "nightly"), RUN),
                        "c-7",
                        CommandVerb.CANCEL,
                        "too late anyway"));
        all.put("other", new Event.Other(otherFields(), "lineage.edge-found_2"));
        control(all);
        return all;
    }

    private static void control(Map<String, Event> all) {
        Header mine = session(Subject.NONE);
        Cursor cursor = new Cursor("e1", 42);
        List<String> patterns = List.of("logs:acme:*", "session:s-1");
        all.put("session_init", new Event.SessionInit(mine, "s-1", cursor, patterns, 15_000));
        all.put("resumed", new Event.Resumed(mine, new Cursor("e1", 7), cursor));
        all.put(
                "gap",
                new Event.Gap(logs(about()), "e0-9999999", cursor, "epoch", "The log began anew."));
        all.put("snapshot", new Event.Snapshot(mine, cursor, List.of(fullRun(), bareRun())));
        all.put("snapshot_empty", new Event.Snapshot(mine, cursor, List.of()));
        all.put("heartbeat", new Event.Heartbeat(mine, cursor));
        all.put("server_shutting_down", new Event.ServerShuttingDown(mine, 2_345));
        all.put("channels_changed", new Event.ChannelsChanged(mine, patterns));
        all.put(
                "conflated",
                new Event.Conflated(header(RUNS, RUN), new Cursor("e1", 7), cursor, 5_120));
        all.put("session_end", new Event.SessionEnd(mine, "expired", "The token expired."));
    }

    private static Event unicode() {
        return new Event.Log(
                logs(about()),
                Level.TRACE,
                "é ß 漢字 😀 \u2028 \u2029 \u0000 \u001f \" \\ / \b\f\n\r\t \uD83D | \uDE00 |",
                "журнал",
                null);
    }

    private static Event started() {
        return new Event.WorkflowStarted(
                runs(RUN),
                "nightly load",
                List.of(
                        new PlannedTask("extract", List.of()),
                        new PlannedTask("load orders", List.of("extract"))),
                "r-0");
    }

    private static Event metric(double value) {
        Subject acme = new Subject("acme", "nightly", "r-1", null, null, null);
        return new Event.Metric(header(Channel.metrics("acme"), acme), "rows", value, "rows/s");
    }

    private static Event alert() {
        return new Event.Alert(
                header(new Channel("alerts:all"), RUN), Level.ERROR, "failed", new Cursor("e1", 9));
    }

    private static Event response() {
        return new Event.ChatResponse(
                session(RUN),
                "v-1",
                "q-1",
                3,
                "`load orders` failed: **refused**.",
                List.of(new Citation(RUNS, new Cursor("e1", 9), "the error")),
                List.of(new SuggestedAction("Retry", "command", "retry")),
                true,
                false);
    }

    private static RunState fullRun() {
        return new RunState(
                new RunKey("acme", "nightly", "r-1"),
                RunStatus.FAILED,
                TIME,
                LATER,
                LATER,
                87.5,
                new Cursor("e1", 7),
                123L,
                new Cursor("e1", 8),
                "stopped",
                "refused",
                new Cursor("e1", 9),
                3,
                4,
                1,
                List.of(task()),
                new Cursor("e1", 1),
                new Cursor("e1", 10),
                new Cursor("e1", 11),
                "r-0",
                new RunKey("acme", "daily", "d/1"));
    }

    private static TaskState task() {
        return new TaskState(
                "load orders",
                List.of("extract", "clean"),
                TaskStatus.FAILED,
                List.of(
                        new AttemptState(
                                1,
                                TaskStatus.FAILED,
                                TIME,
                                LATER,
                                "refused",
                                new Cursor("e1", 2),
                                new Cursor("e1", 9)),
                        new AttemptState(2, TaskStatus.RUNNING, LATER, null, null, null, null)),
                50.0,
                7L,
                "loading",
                "copy",
                new Cursor("e1", 10));
    }

    private static RunState bareRun() {
        return new RunState(
                new RunKey("acme", "nightly", "r-2"),
                RunStatus.RUNNING,
                null,
                null,
                TIME,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                0,
                List.of(
                        new TaskState(
                                "wait",
                                List.of(),
                                TaskStatus.WAITING,
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                null)),
                null,
                null,
                new Cursor("e1", 12),
                null,
                null);
    }

    private static Header withFields() {
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        nested.put("z", null);
        nested.put("a", new ArrayList<>(Arrays.asList(1L, null, Map.of("deep", List.of(true)))));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("long", Long.MIN_VALUE);
        fields.put("big", new BigInteger("123456789012345678901234567890"));
        fields.put("double", -0.1);
        fields.put("large", 1.0e22);
        fields.put("exact", new BigDecimal("3.14159265358979323846264338327950288"));
        fields.put("beyond", new BigDecimal("1E+400"));
        fields.put("false", false);
        fields.put("nothing", null);
        fields.put("empty", "");
        fields.put("", "no name");
        fields.put("nested", nested);
        fields.put("none", Map.of());
        fields.put("list", List.of());
        fields.put("clé 漢 😀", "ü");
        return logs(TASK).withFields(fields);
    }

    private static Header otherFields() {
        return new Header(RUNS, TIME, RUN, Map.of("message", List.of("any", "shape")));
    }

    private static Subject about() {
        return new Subject("acme", "nightly", null, null, null, null);
    }

    private static Header logs(Subject subject) {
        return header(Channel.logs("acme", "nightly"), subject);
    }

    private static Header runs(Subject subject) {
        return header(
                RUNS,
                new Subject(
                        subject.workspace(),
                        subject.workflow(),
                        subject.run(),
                        subject.task(),
                        subject.attempt(),
                        "copy"));
    }

    private static Header session(Subject subject) {
        return header(Channel.session("s-1"), subject);
    }

    private static Header header(Channel channel, Subject subject) {
        return Header.of(channel, TIME, subject);
    }
}
