package io.tailrace.server.openlineage;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;
import io.tailrace.model.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes our events of OpenLineage's. Immutable: the same in, the same out.
 *
 * <p>One event tells what became of the run or task, and bears the document; beside it there may be
 * metrics, a log line with the stack trace, and the states of tasks that do not speak themselves.
 * That a failure is never painted over by a later {@code COMPLETE} is a rule of the run's state.
 */
final class Translator {

    private static final int LONGEST_ALERT = 500;

    private final WorkflowNames names;

    Translator(WorkflowNames names) {
        this.names = names;
    }

    /** An event about a job or a dataset, of no run: kept for those who want to look. */
    Translated metadata(LineageEvent event, Instant now) {
        var where = names.of(event.name());
        boolean job = event.shape() == LineageEvent.Shape.JOB;
        String workflow = job ? where.workflow() : "datasets";
        Subject subject = new Subject(where.workspace(), workflow, null, null, null, null);
        Channel channel = Channel.runs(where.workspace(), workflow);
        Header header =
                Header.of(channel, time(event, now), subject).withFields(facts(event, Map.of()));
        String kind = job ? "openlineage_job" : "openlineage_dataset";
        return new Translated(List.of(new Event.Other(header, kind)), null);
    }

    /** An event about a run, which has that place among ours. */
    Translated run(LineageEvent event, Place place, Instant now) {
        Instant at = time(event, now);
        Subject subject = place.subject();
        String workspace = place.key().workspace();
        String workflow = place.key().workflow();
        Map<String, @Nullable Object> id = new LinkedHashMap<>();
        id.put("openlineage_run", event.run());
        Header plain = Header.of(Channel.runs(workspace, workflow), at, subject).withFields(id);
        Header main = plain.withFields(facts(event, links(event, place)));
        Header measured = new Header(Channel.metrics(workspace), at, subject, Map.of());
        Header line = new Header(Channel.logs(workspace, workflow), at, subject, Map.of());

        Statistics statistics = Statistics.of(event);
        List<Event.Published> events = new ArrayList<>(statistics.metrics(measured.withFields(id)));
        scheduleLag(event, at).ifPresent(lag -> events.add(lag(measured.withFields(id), lag)));
        logLine(event, line.withFields(id)).ifPresent(events::add);
        events.addAll(TaskStates.of(event, place, plain));
        events.add(
                place.task() == null
                        ? ofRun(event, main, statistics)
                        : ofTask(event, main, statistics));
        return new Translated(events, warning(event, place, plain));
    }

    private static Event.Published ofRun(LineageEvent event, Header header, Statistics statistics) {
        Failure failure = Failure.of(event);
        return switch (type(event)) {
            case "START" ->
                    new Event.WorkflowStarted(
                            header,
                            Lookup.text(
                                    Lookup.object(event.jobFacets(), "documentation"),
                                    "description"),
                            Dependencies.plan(event),
                            null);
            case "RUNNING" -> working(header, statistics);
            case "COMPLETE" ->
                    new Event.WorkflowComplete(
                            header, RunStatus.SUCCEEDED, statistics.rows(), null, null);
            case "FAIL" ->
                    new Event.WorkflowComplete(
                            header,
                            RunStatus.FAILED,
                            statistics.rows(),
                            null,
                            Failure.required(event).message());
            case "ABORT" ->
                    new Event.WorkflowComplete(
                            header,
                            RunStatus.CANCELLED,
                            statistics.rows(),
                            failure == null ? null : failure.message(),
                            null);
            default -> new Event.Status(header, null, null, null);
        };
    }

    private static Event.Published ofTask(
            LineageEvent event, Header header, Statistics statistics) {
        Failure failure = Failure.of(event);
        return switch (type(event)) {
            case "START", "RUNNING" -> working(header, statistics);
            case "COMPLETE" -> new Event.Complete(header, statistics.rows(), null);
            case "FAIL" -> {
                Failure why = Failure.required(event);
                yield new Event.Failed(header, why.message(), why.stackTrace(), willRetry(event));
            }
            case "ABORT" ->
                    new Event.Status(
                            header,
                            TaskStatus.CANCELLED.wireName(),
                            failure == null ? null : failure.message(),
                            null);
            default -> new Event.Status(header, null, null, null);
        };
    }

    private static Event.Published working(Header header, Statistics statistics) {
        return statistics.rows() == null
                ? new Event.Status(header, TaskStatus.RUNNING.wireName(), null, null)
                : new Event.Progress(header, null, statistics.rows(), null);
    }

    private static String type(LineageEvent event) {
        return event.type() == null ? "OTHER" : event.type();
    }

    private static boolean willRetry(LineageEvent event) {
        Map<?, ?> airflow = Lookup.object(event.runFacets(), "airflow");
        var attempt = Lookup.count(Lookup.object(airflow, "taskInstance"), "try_number");
        var retries = Lookup.count(Lookup.object(airflow, "task"), "retries");
        return attempt.isPresent()
                && retries.isPresent()
                && attempt.getAsLong() <= retries.getAsLong();
    }

    private static Instant time(LineageEvent event, Instant now) {
        return event.time() == null ? now : event.time();
    }

    /** The document and what is to be known about it, behind what comes first. */
    private static Map<String, @Nullable Object> facts(
            LineageEvent event, Map<String, Object> first) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(first);
        if (event.time() == null) {
            facts.put("time_missing", true);
        }
        List<Object> cuts = new ArrayList<>();
        for (Document.Cut cut : event.document().cut()) {
            cuts.add(Map.of("path", cut.path(), "bytes", cut.bytes()));
        }
        if (!cuts.isEmpty()) {
            facts.put("openlineage_cut", cuts);
            facts.put("openlineage_bytes", event.document().bytes());
        }
        facts.put("openlineage", event.document().members());
        return facts;
    }

    private Map<String, Object> links(LineageEvent event, Place place) {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("openlineage_run", String.valueOf(event.run()));
        if (place.task() != null) {
            List<String> after = Dependencies.after(event, place.job());
            if (!after.isEmpty()) {
                links.put("after", after);
            }
        } else {
            for (String side : List.of("upstream", "downstream")) {
                List<String> workflows =
                        Dependencies.jobs(event, side).stream().map(this::workflow).toList();
                if (!workflows.isEmpty()) {
                    links.put(side, workflows);
                }
            }
        }
        return links;
    }

    private String workflow(JobName job) {
        var where = names.of(job);
        return where.workspace() + "/" + where.workflow();
    }

    /** How late it began; what Airflow schedules is due at the end of its interval. */
    private static Optional<Duration> scheduleLag(LineageEvent event, Instant at) {
        if (!"START".equals(event.type())) {
            return Optional.empty();
        }
        Map<?, ?> nominal = Lookup.object(event.runFacets(), "nominalTime");
        boolean airflow =
                event.runFacets().containsKey("airflow")
                        || event.runFacets().containsKey("airflowDagRun");
        Optional<Instant> begin = Times.read(nominal.get("nominalStartTime"));
        Optional<Instant> end = Times.read(nominal.get("nominalEndTime"));
        return (airflow && end.isPresent() ? end : begin).map(due -> Duration.between(due, at));
    }

    private static Event.Metric lag(Header header, Duration lag) {
        return new Event.Metric(header, "schedule.lag", lag.toMillis(), "ms");
    }

    /** What went wrong, with its stack trace folded; also while the run goes on. */
    private static Optional<Event.Published> logLine(LineageEvent event, Header header) {
        boolean failed = "FAIL".equals(event.type());
        Failure failure = failed ? Failure.required(event) : Failure.of(event);
        if (failure == null) {
            return Optional.empty();
        }
        Level level = failed ? Level.ERROR : Level.WARN;
        return Optional.of(
                new Event.Log(
                        header, level, failure.message(), "openlineage", failure.stackTrace()));
    }

    private static Translated.@Nullable Warning warning(
            LineageEvent event, Place place, Header header) {
        if ("FAIL".equals(event.type())) {
            String what = place.task() == null ? place.key().workflow() : place.task();
            String why = Failure.required(event).message();
            return new Translated.Warning(header, Level.ERROR, cut(what + " failed: " + why));
        }
        String broken = Findings.of(event);
        return broken == null ? null : new Translated.Warning(header, Level.WARN, cut(broken));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_ALERT ? text : text.substring(0, LONGEST_ALERT - 1) + "…";
    }
}
