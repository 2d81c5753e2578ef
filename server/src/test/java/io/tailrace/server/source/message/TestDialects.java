package io.tailrace.server.source.message;

import io.tailrace.server.broker.Broker;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.ingest.PublishLimit;
import io.tailrace.server.openlineage.LineageHandler;
import io.tailrace.server.openlineage.StoredAttempts;
import io.tailrace.server.openlineage.WorkflowNames;
import io.tailrace.server.otlp.OtlpMessages;
import io.tailrace.server.otlp.PlaceRule;
import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What sources understand messages with, as the gateway has it by default. */
public final class TestDialects {

    /** Masks what is masked by default. */
    public static final Redactor REDACTOR =
            new Redactor(RedactionRules.of(List.of(), List.of()), RedactionObserver.NONE);

    private TestDialects() {}

    /** With lines up to 64 KiB and messages up to 1 MiB. */
    public static MessageDialects of(Broker broker, EventLog log) {
        Clock clock = Clock.systemUTC();
        var lineage =
                new LineageHandler(
                        broker,
                        WorkflowNames.of(List.of()),
                        new StoredAttempts(_ -> Optional.empty(), log),
                        REDACTOR,
                        PublishLimit.NONE,
                        (_, _) -> {},
                        new DeadLetters(null, REDACTOR, clock),
                        clock);
        var rule =
                new PlaceRule(
                        List.of("service.namespace", "=default"),
                        List.of("service.name", "=unknown"));
        return new MessageDialects(
                lineage.messages(),
                new OtlpMessages(rule, lineage::known, 1 << 16),
                REDACTOR,
                1 << 16,
                1 << 20,
                clock);
    }
}
