package io.tailrace.server;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.cloudevents.CloudEventsHandler;
import io.tailrace.server.deadletter.DeadLetterHandler;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.deadletter.Redrive;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.ingest.IngestHandler;
import io.tailrace.server.ingest.IngestLimits;
import io.tailrace.server.ingest.IngestObserver;
import io.tailrace.server.ingest.Intake;
import io.tailrace.server.ingest.LivePipes;
import io.tailrace.server.ingest.PublishLimit;
import io.tailrace.server.ingest.PublishTracer;
import io.tailrace.server.openlineage.LineageHandler;
import io.tailrace.server.openlineage.StoredAttempts;
import io.tailrace.server.openlineage.WorkflowNames;
import io.tailrace.server.otlp.LineageRuns;
import io.tailrace.server.otlp.OtlpHandler;
import io.tailrace.server.otlp.OtlpLimits;
import io.tailrace.server.otlp.PlaceRule;
import io.tailrace.server.redaction.RedactedLines;
import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.runs.RunProjection;
import io.tailrace.server.settings.IngestSettings;
import io.tailrace.server.settings.SettingsException;
import io.tailrace.server.settings.StoreSettings;
import io.tailrace.server.source.message.MessageDialects;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ways in for clients that speak a language of their own, each at the addresses that it calls.
 *
 * @param lineage OpenLineage
 * @param otlp OpenTelemetry
 * @param letters shows what could not be taken
 */
record Dialects(
        LineageHandler lineage,
        OtlpHandler otlp,
        CloudEventsHandler cloudEvents,
        DeadLetterHandler letters) {

    private static final int LARGEST_OTLP = 64 << 20;

    private static final List<String> LINEAGE =
            List.of("/api/v1/lineage", "/lineage", "/api/v1/openlineage/lineage", "/api/lineage");

    /** What every way in uses. */
    record Shared(
            Broker broker,
            Redactor redactor,
            PublishLimit rate,
            IngestObserver observer,
            DeadLetters letters,
            PublishTracer tracer,
            Clock clock) {}

    /**
     * @param gateway its address, for what is sent again
     */
    static Dialects of(
            IngestSettings settings,
            EventLog log,
            RunProjection runs,
            Shared shared,
            Supplier<URI> gateway) {
        var intake =
                new Intake(
                        shared.broker,
                        shared.clock,
                        shared.observer,
                        shared.rate,
                        shared.tracer,
                        () -> new RedactedLines(shared.redactor)::without,
                        shared.letters);
        var lineage =
                new LineageHandler(
                        shared.broker,
                        checked(() -> WorkflowNames.of(settings.openLineageNames())),
                        new StoredAttempts(runs::run, log),
                        shared.redactor,
                        shared.rate,
                        shared.observer,
                        shared.letters,
                        shared.clock);
        return new Dialects(
                lineage,
                otlp(settings, intake, lineage::known, shared.clock),
                new CloudEventsHandler(
                        intake, settings.maxLine(), settings.maxBody(), shared.clock),
                new DeadLetterHandler(shared.letters, new Redrive(gateway, Loopback::client)));
    }

    private static OtlpHandler otlp(
            IngestSettings settings, Intake intake, LineageRuns lineage, Clock clock) {
        var rule = new PlaceRule(settings.otlpWorkspace(), settings.otlpWorkflow());
        var limits = new OtlpLimits(settings.maxLine(), Math.max(LARGEST_OTLP, settings.maxBody()));
        return new OtlpHandler(intake, rule, lineage, limits, clock);
    }

    /** The way in for our own events and for lines. */
    static IngestHandler ours(IngestLimits limits, LivePipes pipes, Shared shared) {
        return new IngestHandler(
                shared.broker,
                limits,
                shared.clock,
                shared.observer,
                shared.rate,
                pipes,
                shared.tracer,
                shared.redactor,
                shared.letters);
    }

    /** Masks secrets on every way in. */
    static Redactor redactor(IngestSettings settings, RedactionObserver observer) {
        Path file = settings.redactionRules();
        RedactionRules rules =
                checked(() ->
                        RedactionRules.of(
                                settings.redactionOff(),
                                file == null ? List.of() : RedactionRules.lines(file)));
        return new Redactor(rules, observer);
    }

    /** What could not be taken, beside the log. */
    static DeadLetters letters(
            StoreSettings settings, Redactor redactor, GatewayMetrics metrics, Clock clock) {
        Path directory = settings.memory() ? null : settings.data().resolve("dead-letters");
        var letters = new DeadLetters(directory, redactor, clock);
        metrics.gauge(
                "tailrace.dead.letters",
                "What could not be taken and is kept to be looked at",
                () -> letters.counts().kept());
        metrics.counter(
                "tailrace.dead.letters.kept",
                "What could not be taken and was kept",
                () -> letters.counts().came());
        metrics.counter(
                "tailrace.dead.letters.dropped",
                "Dead letters that are gone though nobody deleted them",
                () -> letters.counts().pushedOut(),
                "reason",
                "bounds");
        metrics.counter(
                "tailrace.dead.letters.dropped",
                "Dead letters that are gone though nobody deleted them",
                () -> letters.counts().lost(),
                "reason",
                "disk");
        return letters;
    }

    /** What sources understand messages with. */
    MessageDialects messages(IngestSettings settings, Shared shared) {
        return new MessageDialects(
                lineage.messages(),
                otlp.messages(),
                shared.redactor,
                settings.maxLine(),
                settings.maxBody(),
                shared.clock);
    }

    void apply(HttpRouting.Builder routing) {
        for (String path : LINEAGE) {
            Routes.on(routing, path, "POST", lineage::handle);
            Routes.on(routing, path + "/batch", "POST", lineage::handle);
        }
        String all = "/api/dead-letters";
        routing.get(all, letters::list);
        Routes.on(routing, all, "DELETE", letters::purge, "GET, DELETE");
        routing.get(all + "/{id}", letters::one);
        Routes.on(routing, all + "/{id}", "DELETE", letters::delete, "GET, DELETE");
        Routes.on(routing, all + "/{id}/redrive", "POST", letters::again);
        Routes.on(routing, "/v1/logs", "POST", otlp::logs);
        Routes.on(routing, "/v1/metrics", "POST", otlp::metrics);
        Routes.on(routing, "/v1/traces", "POST", otlp::traces);
        Routes.on(routing, "/api/cloudevents", "POST", cloudEvents::handle);
    }

    /** Takes CloudEvents where our own events are taken. */
    Handler orCloudEvents(Handler ours) {
        return (request, response) -> {
            if (CloudEventsHandler.speaks(request)) {
                cloudEvents.handle(request, response);
            } else {
                ours.handle(request, response);
            }
        };
    }

    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }
}
