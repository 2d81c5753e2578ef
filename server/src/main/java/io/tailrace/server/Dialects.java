package io.tailrace.server;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.tailrace.server.cloudevents.CloudEventsHandler;
import io.tailrace.server.ingest.Intake;
import io.tailrace.server.otlp.OtlpHandler;
import io.tailrace.server.otlp.OtlpLimits;
import io.tailrace.server.otlp.PlaceRule;
import io.tailrace.server.settings.IngestSettings;

import java.time.Clock;

/** The ways in for those who speak another dialect than ours, and their URLs. */
record Dialects(OtlpHandler otlp, CloudEventsHandler cloudEvents) {

    private static final int LARGEST_OTLP = 64 << 20;

    static Dialects of(Intake intake, IngestSettings settings, Clock clock) {
        var rule = new PlaceRule(settings.otlpWorkspace(), settings.otlpWorkflow());
        var limits = new OtlpLimits(settings.maxLine(), Math.max(LARGEST_OTLP, settings.maxBody()));
        return new Dialects(
                new OtlpHandler(intake, rule, limits, clock),
                new CloudEventsHandler(intake, settings.maxLine(), settings.maxBody(), clock));
    }

    void apply(HttpRouting.Builder routing) {
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
}
