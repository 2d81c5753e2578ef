package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.chat.ChatPart;
import io.tailrace.desktop.chat.ChatPhase;
import io.tailrace.desktop.chat.ChatTurn;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.metrics.ShownTiles;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.server.Gateway;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * An event's whole way, gateway and console in one process: publish over HTTP, ingest, broker,
 * event log, stream, root connection, inbox, pump (by hand), router, model.
 */
@Timeout(180)
class WalkTest {

    private static final String RUNS = "\"channel\":\"runs:acme:orders\"," + about();

    private final Gateway gateway = Gateways.inMemory();
    private final URI address = Gateways.address(gateway);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> failures = new ArrayList<>();
    private final Feed feed =
            new Feed(
                    Feeds.wanted(address, "walk1", "*"),
                    Clock.systemUTC(),
                    new Times(ZoneOffset.UTC),
                    (what, cause) -> failures.add(what + ": " + cause),
                    failures::add);

    @AfterEach
    void stop() {
        feed.close();
        http.close();
        gateway.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void aPublishedLineArrivesInTheLogsModel() throws Exception {
        connect();
        send("PUT", "/api/channels/logs:acme:orders/events", "text/plain", "hello\nworld\n");
        pumped().untilAsserted(() ->
                assertThat(ShownLines.of(feed.models().logs())).containsExactly("hello", "world"));
        assertThat(feed.status().received().get()).isEqualTo(2);
        assertThat(feed.status().gaps().get()).isZero();
    }

    @Test
    void aMetricArrivesInTheMetricsModel() throws Exception {
        connect();
        publish(
                "{\"kind\":\"metric\",\"channel\":\"metrics:acme\",\"name\":\"queue"
                        + " depth\",\"value\":17}");
        pumped().untilAsserted(() ->
                assertThat(ShownTiles.of(feed.models().metrics())).contains("queue depth 17"));
    }

    @Test
    void aTasksChangeArrivesInTheRunsModel() throws Exception {
        connect();
        publish("{\"kind\":\"workflow_started\"," + RUNS + "}");
        publish("{\"kind\":\"status\"," + RUNS + ",\"task\":\"load\",\"state\":\"running\"}");
        pumped().untilAsserted(() -> assertThat(run().task("load")).isPresent());

        publish("{\"kind\":\"error\"," + RUNS + ",\"task\":\"load\",\"error\":\"disk full\"}");
        publish("{\"kind\":\"workflow_complete\"," + RUNS + ",\"state\":\"failed\"}");
        pumped().untilAsserted(() -> assertThat(run().status()).isEqualTo(RunStatus.FAILED));
        assertThat(run().error()).isEqualTo("disk full");
        assertThat(feed.models().alerts().unseen().get()).isPositive();
    }

    @Test
    void aQuestionIsAnsweredInTheChatModelWithEvidenceThatCanBeOpened() throws Exception {
        connect();
        publish("{\"kind\":\"workflow_started\"," + RUNS + "}");
        publish("{\"kind\":\"error\"," + RUNS + ",\"task\":\"load\",\"error\":\"disk full\"}");
        publish("{\"kind\":\"workflow_complete\"," + RUNS + ",\"state\":\"failed\"}");
        pumped().untilAsserted(() -> assertThat(run().status()).isEqualTo(RunStatus.FAILED));

        feed.models().chat().ask("What failed and why?");

        pumped().until(() -> turn().phase() == ChatPhase.DONE);
        assertThat(turn().problem()).isNull();
        assertThat(turn().parts()).anyMatch(part -> part.text().contains("disk full"));
        assertThat(turn().parts())
                .flatMap(ChatPart::citations)
                .isNotEmpty()
                .allMatch(citation -> feed.facts().find(citation.cursor()).isPresent());
    }

    @Test
    void aCommandComesBackAsACommandThatWaitsForItsPipeline() throws Exception {
        connect();
        publish("{\"kind\":\"workflow_started\"," + RUNS + "}");
        pumped().untilAsserted(() -> assertThat(run().status()).isEqualTo(RunStatus.RUNNING));

        String id = feed.send(run().key(), CommandVerb.CANCEL);

        assertThat(id).isNotEmpty();
        pumped().untilAsserted(() ->
                assertThat(feed.models().runs().commandSentence().get()).isNotEmpty());
    }

    @Test
    void whoComesLateFindsTheStateAndTheNewestLines() throws Exception {
        publish("{\"kind\":\"workflow_started\"," + RUNS + "}");
        publish(
                "{\"kind\":\"log\",\"channel\":\"logs:acme:orders\",\"level\":\"WARN\",\"message\":\"slow\","
                        + about()
                        + "}");
        connect();
        pumped().untilAsserted(() -> {
            assertThat(ShownLines.of(feed.models().logs())).containsExactly("slow");
            assertThat(run().warnings()).isEqualTo(1);
        });
    }

    @Test
    void fiveThousandLinesArriveOnceAndInOrder() throws Exception {
        connect();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            lines.add("line " + i);
        }
        send(
                "PUT",
                "/api/channels/logs:acme:orders/events",
                "text/plain",
                String.join("\n", lines) + "\n");
        pumped().untilAsserted(
                        () -> assertThat(feed.status().received().get()).isEqualTo(lines.size()));
        assertThat(ShownLines.of(feed.models().logs())).isEqualTo(lines);
    }

    private void connect() {
        feed.start();
        pumped().until(() -> feed.status().standing().get() == Standing.CONNECTED);
    }

    private ConditionFactory pumped() {
        return Feeds.pumped(feed);
    }

    private ChatTurn turn() {
        return feed.models().chat().turns().getLast();
    }

    private RunState run() {
        feed.models().runs().select(new RunKey("acme", "orders", "r-1"));
        RunState run = feed.models().runs().chosen().get();
        if (run == null) {
            throw new AssertionError("The run is not known yet.");
        }
        return run;
    }

    private void publish(String event) throws IOException, InterruptedException {
        send("POST", "/api/events", "application/json", event);
    }

    private void send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(address.resolve(path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .header("Content-Type", type)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected\":[]");
    }

    private static String about() {
        return "\"workspace\":\"acme\",\"workflow\":\"orders\",\"run\":\"r-1\"";
    }
}
