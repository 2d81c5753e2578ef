package io.tailrace.server;

import io.helidon.webserver.http.HttpRouting;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.ingest.IngestObserver;
import io.tailrace.server.ingest.PublishLimit;
import io.tailrace.server.openlineage.LineageHandler;
import io.tailrace.server.openlineage.StoredAttempts;
import io.tailrace.server.openlineage.WorkflowNames;
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
 */
record Dialects(LineageHandler lineage) {

    private static final List<String> LINEAGE =
            List.of("/api/v1/lineage", "/lineage", "/api/v1/openlineage/lineage", "/api/lineage");

    /** What every way in uses. */
    record Shared(
            Broker broker,
            Redactor redactor,
            PublishLimit rate,
            IngestObserver observer,
            Clock clock) {}

    static Dialects of(IngestSettings settings, EventLog log, RunProjection runs, Shared shared) {
        return new Dialects(
                new LineageHandler(
                        shared.broker,
                        checked(() -> WorkflowNames.of(settings.openLineageNames())),
                        new StoredAttempts(runs::run, log),
                        shared.redactor,
                        shared.rate,
                        shared.observer,
                        shared.clock));
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
    }

    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }
}
