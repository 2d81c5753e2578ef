package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.publisher.CommandListener;
import io.tailrace.publisher.Publisher;
import io.tailrace.publisher.PublisherSettings;
import io.tailrace.publisher.RunCancelledException;
import io.tailrace.publisher.RunScope;
import io.tailrace.publisher.Workflow;
import io.tailrace.server.settings.Settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A pipeline that uses our publisher, and a gateway that goes and comes back. */
class ObedientPipelineIT {

    @TempDir private Path disk;

    private TestGateway gateway(int port) {
        String[] options = {
            "--store=rocksdb", "--port=" + port, "--self-check=0s", "--data=" + disk.resolve("data")
        };
        return new TestGateway(Gateway.start(Settings.load(options, Map.of())));
    }

    private static void command(TestGateway gateway, String run, String verb) throws Exception {
        String body =
                "{\"workspace\":\"acme\",\"workflow\":\"orders\",\"run\":\"%s\",\"verb\":\"%s\"}"
                        .formatted(run, verb);
        await().untilAsserted(() ->
                assertThat(gateway.post("/api/commands", body).statusCode()).isEqualTo(202));
    }

    private static void awaitStatus(TestGateway gateway, String run, String status) {
        await().untilAsserted(() ->
                assertThat(gateway.get("/api/runs/acme/orders/" + run).body())
                        .contains("\"status\":\"" + status + "\""));
    }

    @Test
    void aFewLinesObeyCancelPauseResumeAndRetryAlsoAfterTheGatewayWasAway() throws Exception {
        TestGateway gateway = gateway(0);
        int port = gateway.port();
        AtomicInteger steps = new AtomicInteger();
        try (Publisher publisher = Publisher.to("http://127.0.0.1:" + port)) {
            Workflow workflow = publisher.workflow("acme", "orders");
            try (CommandListener _ =
                    workflow.obey(of -> workflow.start("again", List.of(), null, of).complete())) {
                RunScope run = workflow.start("first", List.of(), null, null);
                Thread pipeline = Thread.ofVirtual().start(() -> work(run, steps));
                awaitStatus(gateway, "first", "running");
                command(gateway, "first", "pause");
                awaitStatus(gateway, "first", "paused");
                int before = steps.get();

                gateway.close();
                gateway = gateway(port);
                assertThat(steps.get()).isEqualTo(before);
                command(gateway, "first", "resume");
                awaitStatus(gateway, "first", "running");
                command(gateway, "first", "cancel");
                assertThat(pipeline.join(Duration.ofMinutes(1))).isTrue();
                awaitStatus(gateway, "first", "cancelled");
                command(gateway, "first", "retry");
                awaitStatus(gateway, "again", "succeeded");
                assertThat(publisher.flush(Duration.ofMinutes(1))).isTrue();
            }
            assertThat(
                            gateway.events("runs:acme:orders").stream()
                                    .filter(Event.Status.class::isInstance)
                                    .map(Event.Status.class::cast)
                                    .filter(status -> status.command() != null)
                                    .map(Event.Status::state))
                    .containsExactly(
                            "accepted", "done", // pause
                            "accepted", "done", // resume
                            "accepted", "done", // cancel
                            "accepted", "done"); // retry
        } finally {
            gateway.close();
        }
    }

    private static void work(RunScope run, AtomicInteger steps) {
        try {
            while (true) {
                run.checkpoint();
                steps.incrementAndGet();
                LockSupport.parkNanos(100_000);
            }
        } catch (RunCancelledException e) {
            run.cancelled(e.getMessage());
        }
    }

    @Test
    void whatWaitedOnDiskIsStoredOnceAndInOrder() throws Exception {
        TestGateway gateway = gateway(0);
        PublisherSettings settings =
                PublisherSettings.of(URI.create("http://127.0.0.1:" + gateway.port()))
                        .withRetries(Duration.ofMillis(10), Duration.ofMillis(50))
                        .withSpill(disk.resolve("spill"), 1 << 26);
        gateway.close();
        try (Publisher away = new Publisher(settings)) {
            RunScope run = away.workflow("acme", "orders").start("r", List.of(), null, null);
            IntStream.range(0, 2_000).forEach(i -> run.log(Level.INFO, "line " + i));
            await().until(() -> away.stats().spilled() == 2_001);
        }
        gateway = gateway(settings.gateway().getPort());
        try (Publisher next = new Publisher(settings.withPublisherId("next"))) {
            assertThat(next.flush(Duration.ofMinutes(1))).isTrue();
            assertThat(
                            gateway.events("logs:acme:orders").stream()
                                    .map(Event.Log.class::cast)
                                    .map(Event.Log::message))
                    .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> "line " + i).toList());
        } finally {
            gateway.close();
        }
    }
}
