package io.tailrace.server;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.cloudevents.CloudEventsHandler;
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
import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.runs.RunProjection;
import io.tailrace.server.settings.IngestSettings;
import io.tailrace.server.settings.SettingsException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ways in for clients that speak a language of their own, each at the addresses that it calls.
 *
 * @param lineage OpenLineage
 * @param otlp OpenTelemetry
 */
record Dialects(LineageHandler lineage, OtlpHandler otlp, CloudEventsHandler cloudEvents) {

    private static final int LARGEST_OTLP = 64 << 20;

    private static final List<String> LINEAGE =
            List.of("/api/v1/lineage", "/lineage", "/api/v1/openlineage/lineage", "/api/lineage");

    /** What every way in uses. */
    record Shared(
            Broker broker,
            Redactor redactor,
            PublishLimit rate,
            IngestObserver observer,
            PublishTracer tracer,
            Clock clock) {

        /** The way in for our own events. */
        IngestHandler ingest(IngestLimits limits, LivePipes pipes) {
            return new IngestHandler(
                    broker, limits, clock, observer, rate, pipes, tracer, redactor);
        }

        private Intake intake() {
            return new Intake(broker, clock, observer, rate, tracer, redactor::redact);
        }
    }

    static Dialects of(IngestSettings settings, EventLog log, RunProjection runs, Shared shared) {
        Intake intake = shared.intake();
        return new Dialects(
                new LineageHandler(
                        shared.broker,
                        checked(() -> WorkflowNames.of(settings.openLineageNames())),
                        new StoredAttempts(runs::run, log),
                        shared.redactor,
                        shared.rate,
                        shared.observer,
                        shared.clock),
                otlp(settings, intake, shared.clock),
                new CloudEventsHandler(
                        intake, settings.maxLine(), settings.maxBody(), shared.clock));
    }

    private static OtlpHandler otlp(IngestSettings settings, Intake intake, Clock clock) {
        var rule = new PlaceRule(settings.otlpWorkspace(), settings.otlpWorkflow());
        var limits = new OtlpLimits(settings.maxLine(), Math.max(LARGEST_OTLP, settings.maxBody()));
        return new OtlpHandler(intake, rule, LineageRuns.NONE, limits, clock);
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

    void apply(HttpRouting.Builder routing) {
        for (String path : LINEAGE) {
            Routes.on(routing, path, "POST", lineage::handle);
            Routes.on(routing, path + "/batch", "POST", lineage::handle);
        }
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
