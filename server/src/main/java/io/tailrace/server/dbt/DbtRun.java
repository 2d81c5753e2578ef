package io.tailrace.server.dbt;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One invocation of dbt, and what was heard of it. Confined to one thread.
 *
 * <p>Its finest lines tell most; without them (dbt prints them with {@code --log-level debug}) the
 * lines for people are enough: where a node's {@code NodeStart} was not seen its result is taken
 * from the line that says it, and the line with the totals ends the run.
 */
final class DbtRun {

    private static final int MOST_NODES = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ID = 250;

    private final Channel logs;
    private final Channel runs;
    private final Channel metrics;
    private final Subject subject;
    private final Map<String, String> names = new HashMap<>(); // of nodes, by their unique ids
    private final Set<String> used = new HashSet<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private boolean begun;
    private boolean interrupted;
    private volatile @Nullable RunStatus ended; // looked at by those who forget it
    private double total;

    DbtRun(Channel logs, String run) {
        String workspace = Objects.requireNonNull(logs.workspace());
        String workflow = Objects.requireNonNull(logs.workflow());
        this.logs = logs;
        runs = Channel.runs(workspace, workflow);
        metrics = Channel.metrics(workspace);
        String id = run.length() > LONGEST_ID ? run.substring(0, LONGEST_ID) : run;
        subject = Subject.ofRun(workspace, workflow, id.replaceAll("\\p{Cntrl}", " "));
    }

    /** How many nodes it knows, about. */
    int nodes() {
        return Math.max(names.size(), finished.size());
    }

    /** Whether its end was told. */
    boolean ended() {
        return ended != null;
    }

    /** What a line tells: first what became of the run and its nodes, then the line itself. */
    List<Event.Published> events(DbtLine line, Instant now) {
        List<Event.Published> events = new ArrayList<>();
        Instant at = line.time(now);
        String node = node(line);
        if (!begun) {
            begun = true;
            String message = line.name().equals("MainReportVersion") ? line.message() : null;
            events.add(new Event.WorkflowStarted(header(runs, at, null), message, List.of(), null));
        }
        if (node == null) {
            ofRun(line, at, events);
        } else {
            ofNode(line, node, at, events);
        }
        events.add(log(line, node, at));
        return events;
    }

    private Header header(Channel channel, Instant at, @Nullable String node) {
        Subject about = node == null ? subject : subject.withTask(node, 1);
        return Header.of(channel, at, about);
    }

    private void ofRun(DbtLine line, Instant at, List<Event.Published> events) {
        switch (line.name()) {
            case "ConcurrencyLine" -> total = count(DbtLine.number(line.data(), "node_count"));
            case "EndOfRunSummary" ->
                    interrupted = Boolean.TRUE.equals(line.data().get("keyboard_interrupt"));
            case "MainEncounteredError" ->
                    events.add(
                            new Event.Failed(
                                    header(runs, at, null), line.message().strip(), null, false));
            case "StatsLine" -> {
                Double errors = DbtLine.number(line.in(line.data(), "stats"), "error");
                if (errors != null) {
                    end(errors == 0, line, at, events);
                }
            }
            case "CommandCompleted" -> {
                if (line.data().get("success") instanceof Boolean success) {
                    end(success, line, at, events);
                }
            }
            default -> {}
        }
    }

    /** The first word about the end counts, and a worse one. */
    private void end(boolean well, DbtLine line, Instant at, List<Event.Published> events) {
        RunStatus how =
                well ? RunStatus.SUCCEEDED : interrupted ? RunStatus.CANCELLED : RunStatus.FAILED;
        if (ended == null || (how == RunStatus.FAILED && ended != how)) {
            ended = how;
            String message = line.message().strip();
            events.add(
                    new Event.WorkflowComplete(
                            header(runs, at, null), how, null, message, well ? null : message));
        }
    }

    private void ofNode(DbtLine line, String node, Instant at, List<Event.Published> events) {
        Double of = DbtLine.number(line.data(), "total");
        Double models = DbtLine.number(line.data(), "num_models"); // what tests call it
        total = Math.max(total, Math.max(count(of), count(models)));
        Instant begin = DbtLine.time(line.node().get("node_started_at"), at);
        switch (line.name()) {
            case "NodeStart" -> {
                if (started.size() < MOST_NODES) {
                    started.add(node);
                }
                events.add(
                        new Event.Status(
                                header(runs, begin, node),
                                TaskStatus.RUNNING.wireName(),
                                null,
                                null));
            }
            case "LogStartLine" ->
                    events.add(
                            new Event.Progress(
                                    header(runs, begin, node),
                                    null,
                                    null,
                                    DbtLine.text(line.data(), "description")));
            case "NodeCompiling", "NodeExecuting" -> events.add(step(line, node, at));
            case "NodeFinished" -> {
                DbtResult result = DbtResult.of(line);
                finish(result, line, node, at, events);
            }
            case "SkippingDetails", "LogSkipBecauseError" ->
                    finish(DbtResult.SKIPPED, line, node, at, events);
            case "LogTestResult",
                    "LogModelResult",
                    "LogSeedResult",
                    "LogSnapshotResult",
                    "LogFunctionResult",
                    "LogNodeResult",
                    "LogNodeNoOpResult" -> {
                if (!started.contains(node)) {
                    finish(DbtResult.ofLine(line), line, node, at, events);
                }
            }
            default -> {}
        }
    }

    private Event.Published step(DbtLine line, String node, Instant at) {
        Subject s = subject.withTask(node, 1);
        String step = line.name().equals("NodeCompiling") ? "compiling" : "executing";
        Subject with =
                new Subject(s.workspace(), s.workflow(), s.run(), s.task(), s.attempt(), step);
        return new Event.Progress(Header.of(runs, at, with), null, null, null);
    }

    private void finish(
            DbtResult result, DbtLine line, String node, Instant at, List<Event.Published> events) {
        Instant end = DbtLine.time(line.node().get("node_finished_at"), at);
        if (result.seconds() != null) {
            Header measured = header(metrics, end, node);
            events.add(new Event.Metric(measured, "dbt.execution_time", result.seconds(), "s"));
            if (result.rows() != null) {
                events.add(new Event.Metric(measured, "dbt.rows", result.rows(), "rows"));
            }
        }
        events.add(result.event(header(runs, end, node)));
        boolean first = finished.size() < MOST_NODES && finished.add(node);
        if (first && total > 0) {
            double percent = Math.min(100, 100.0 * finished.size() / total);
            String message = "%d of %.0f".formatted(finished.size(), total);
            events.add(new Event.WorkflowProgress(header(runs, at, null), percent, message));
        }
    }

    private static double count(@Nullable Double number) {
        return number == null ? 0 : Math.rint(number);
    }

    /** How the node is called; its unique id where another one has the same name. */
    private @Nullable String node(DbtLine line) {
        String id = DbtLine.text(line.node(), "unique_id");
        String name = DbtLine.text(line.node(), "node_name");
        if (id == null && name == null) {
            return null;
        }
        String key = id == null ? String.valueOf(name) : id;
        String known = names.get(key);
        if (known != null) {
            return known;
        }
        boolean free = name != null && (names.size() >= MOST_NODES || used.add(fit(name)));
        String fit = fit(free ? String.valueOf(name) : key);
        if (names.size() < MOST_NODES) {
            names.put(key, fit);
        }
        return fit;
    }

    private static String fit(String name) {
        String text = name.strip().replaceAll("\\p{Cntrl}", " ");
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }

    private Event.Published log(DbtLine line, @Nullable String node, Instant at) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(line.info());
        facts.keySet().removeAll(Set.of("msg", "level", "ts"));
        facts.put("data", line.data());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("dbt", facts);
        Level level = Level.parse(line.level()).orElse(Level.INFO);
        return new Event.Log(
                header(logs, at, node).withFields(fields), level, line.message(), "dbt", null);
    }
}
