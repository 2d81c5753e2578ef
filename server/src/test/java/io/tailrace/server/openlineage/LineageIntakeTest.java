package io.tailrace.server.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.ingest.PublishCheck;
import io.tailrace.server.redaction.RedactionObserver;
import io.tailrace.server.redaction.RedactionRules;
import io.tailrace.server.redaction.Redactor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class LineageIntakeTest {

    private static final Clock CLOCK = Clock.systemUTC();

    private final EventLog log = new MemoryEventLog();
    private final Broker broker =
            new Broker(log, BrokerOptions.DEFAULT, CLOCK, BrokerObserver.NONE, List.of());
    private final List<String> refused = new ArrayList<>();
    private final LineageIntake intake = intake();

    private LineageIntake intake() {
        WorkflowNames names = WorkflowNames.of(List.of());
        var shared =
                new LineageIntake.Shared(
                        broker,
                        new Translator(names),
                        new Family(names, (_, _) -> Map.of()),
                        new Redactor(RedactionRules.standard(), RedactionObserver.NONE),
                        CLOCK);
        return new LineageIntake(
                "me",
                new PublishCheck(Caller.ANYBODY, CLOCK, broker::admits),
                shared,
                new LineageOutcome(),
                (reason, _) -> refused.add(reason));
    }

    @AfterEach
    void close() {
        broker.close();
        log.close();
    }

    private static Document document(int number, long bytes) {
        return new Document(
                Map.of(
                        "eventType",
                        "START",
                        "eventTime",
                        "2026-11-21T10:00:00Z",
                        "run",
                        Map.of("runId", "00000000-0000-0000-0000-00000000000" + number),
                        "job",
                        Map.of("namespace", "a", "name", "b")),
                List.of(),
                bytes);
    }

    @Test
    void waitsForLargeDocumentsBeforeItTakesMore() {
        intake.take(0, document(0, 3 << 20));
        assertThat(intake.stored()).isZero();
        intake.take(1, document(1, 2 << 20));
        long both = intake.stored();
        assertThat(both).isPositive();
        intake.take(2, document(2, 3 << 20));
        assertThat(intake.stored()).isEqualTo(both);

        intake.flush();
        assertThat(intake.stored()).isGreaterThan(both);
        assertThat(refused).isEmpty();
    }
}
