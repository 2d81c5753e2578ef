package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.PlannedTask;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class ScopesTest {

    @Test
    void aRunTellsItsWholeStory() throws IOException {
        try (FakeGateway gateway = new FakeGateway()) {
            try (Publisher publisher = Publisher.to(gateway.uri().toString())) {
                List<PlannedTask> plan =
                        List.of(
                                new PlannedTask("extract", List.of()),
                                new PlannedTask("load", List.of("extract")));
                RunScope run = publisher.workflow("acme", "orders").start("r1", plan, null, "r0");
                TaskScope extract = run.task("extract").start();
                extract.step("reading").progress(250, 10L, "half");
                extract.log(Level.WARN, "odd", new IllegalStateException("why"));
                extract.failed(new IOException("disk"), true);
                run.task("extract").start().complete(20L);
                run.task("load").skipped("nothing new");
                run.metric("rows/s", 12.5, "rows/s");
                run.failed("half of it is missing");
            }
            assertThat(gateway.events().stream().map(ScopesTest::line))
                    .containsExactly(
                            "runs:acme:orders workflow_started null/null [extract, load] of r0",
                            "runs:acme:orders status extract/1 running",
                            "runs:acme:orders progress extract/1 100.0 10",
                            "logs:acme:orders log extract/1 odd",
                            "runs:acme:orders error extract/1 disk true",
                            "runs:acme:orders status extract/2 running",
                            "runs:acme:orders complete extract/2 20",
                            "runs:acme:orders status load/1 skipped",
                            "metrics:acme metric null/null rows/s 12.5",
                            "runs:acme:orders workflow_complete null/null FAILED half of it is"
                                    + " missing");
            assertThat(((Event.Log) gateway.events().get(3)).error())
                    .contains("IllegalStateException: why");
        }
    }

    private static String line(Event event) {
        String about = event.subject().task() + "/" + event.subject().attempt();
        String start = event.channel() + " " + event.kind() + " " + about + " ";
        return start
                + switch (event) {
                    case Event.WorkflowStarted e ->
                            e.tasks().stream().map(PlannedTask::name).toList()
                                    + " of "
                                    + e.retryOf();
                    case Event.Status e -> e.state();
                    case Event.Progress e -> e.progress() + " " + e.rows();
                    case Event.Log e -> e.message();
                    case Event.Failed e -> e.error() + " " + e.willRetry();
                    case Event.Complete e -> e.rows();
                    case Event.Metric e -> e.name() + " " + e.value();
                    case Event.WorkflowComplete e -> e.state() + " " + e.error();
                    default -> "?";
                };
    }
}
