package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.state.ViewState;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.workflow.RunsMemory;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.server.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What one console saves of a run and another one opens, without a gateway. */
@Timeout(180)
class IncidentsTest {

    private static final RunKey FAILED = new RunKey("acme", "orders", "r-1");

    @TempDir Path folder;

    private final Gateway gateway = Gateways.inMemory();
    private final URI address = Gateways.address(gateway);
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anotherConsoleShowsTheRunAsItStoodWithItsLinesAndItsStates() throws Exception {
        publish(
                event("workflow_started", "r-1", ""),
                event("status", "r-1", ",\"task\":\"load\",\"state\":\"running\""),
                event("error", "r-1", ",\"task\":\"load\",\"error\":\"disk full\""),
                event("workflow_complete", "r-1", ",\"state\":\"failed\""),
                event("log", "r-1", ",\"message\":\"the last words\""),
                event("workflow_started", "r-2", ""),
                event("log", "r-2", ",\"message\":\"of another run\""));
        Path file = folder.resolve("saved.tailrace");
        save(file);

        Incidents.Opened opened = Incidents.open(file, told::add);
        Feed other =
                new Feed(
                        Feeds.wanted(opened.gateway(), "other1", "*"),
                        opened.connection(),
                        Clock.systemUTC(),
                        new Times(ZoneOffset.UTC),
                        (what, cause) -> told.add(what + ": " + cause),
                        told::add);
        RunsMemory.restore(other.models().runs(), opened.view());
        other.start();
        Feeds.pumped(other).until(() -> other.status().standing().get() == Standing.SAVED);

        assertThat(other.status().reason().get()).contains("saved at", "run", "night shift");
        assertThat(other.status().anything().get()).isTrue();
        RunState run = Objects.requireNonNull(other.models().runs().chosen().get());
        assertThat(run.key()).isEqualTo(FAILED);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        Feeds.pumped(other)
                .untilAsserted(() ->
                        assertThat(all(other))
                                .containsExactlyInAnyOrder(
                                        "the last words",
                                        "run r-1 started",
                                        "load running",
                                        "load failed: disk full",
                                        "run r-1 failed"));
        other.close();
        assertThat(told).isEmpty();
    }

    private void save(Path file) {
        Feed feed =
                Feeds.kept(
                        Feeds.wanted(address, "first1", "*"),
                        folder.resolve("events"),
                        1 << 20,
                        told::add,
                        new LogsModel());
        Feeds.pumped(feed).until(() -> feed.status().received().get() == 7);
        feed.models().runs().select(FAILED);
        RunState run = Objects.requireNonNull(feed.models().runs().chosen().get());
        String said =
                Incidents.save(
                        file,
                        new Incidents.Subjects(address, run, feed.models().runs().all()),
                        "night shift",
                        RunsMemory.choosing(run.key(), ViewState.FIRST),
                        feed.connection().cache());
        assertThat(said).contains("saved in");
        Feeds.end(feed);
    }

    private static List<String> all(Feed feed) {
        List<String> all = new ArrayList<>(ShownLines.of(feed.models().logs()));
        all.addAll(ShownLines.notices(feed.models().logs()));
        return all;
    }

    private static String event(String kind, String run, String more) {
        String channel = kind.equals("log") ? "logs" : "runs";
        return "{\"kind\":\"%s\",\"channel\":\"%s:acme:orders\",\"workspace\":\"acme\",\"workflow\":\"orders\",\"run\":\"%s\"%s}"
                .formatted(kind, channel, run, more);
    }

    private void publish(String... events) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/api/events"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", events)))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).contains("\"rejected\":[]");
        }
    }
}
