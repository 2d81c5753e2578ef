package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real build of dbt, as {@code dbt --log-format json build | curl -T - …} sends it. */
class DbtIT {

    private static final String RUN = "bafba111-8366-4a41-b03b-2b9243c64d42";

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aBuildStandsInTheRunStateWithAllItsNodes() throws Exception {
        Path sample = Samples.file("dbt/build.jsonl");
        HttpResponse<String> response =
                gateway.send(
                        gateway.request("/api/channels/logs:shop:dbt/events")
                                .PUT(BodyPublishers.ofFile(sample)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"rejected_count\":0");

        String run = gateway.get("/api/runs/shop/dbt/" + RUN).body();
        String tasks = run.substring(run.indexOf("\"tasks\""));
        assertThat(run).contains("\"status\":\"failed\"", "\"progress\":100");
        assertThat(all(tasks, "\\{\"name\":\"([^\"]+)\",\"after\""))
                .hasSize(20)
                .doesNotHaveDuplicates();
        assertThat(all(tasks, "\"after\":\\[],\"status\":\"(succeeded|failed)\""))
                .hasSize(20)
                .filteredOn("failed"::equals)
                .hasSize(1);
        assertThat(run).contains("Got 78 results, configured to fail if != 0");
        assertThat(all(tasks, "\"rows\":(\\d+)")).contains("100");

        String events = gateway.get("/api/channels/runs:shop:dbt/events?limit=1000").body();
        List<Double> progress =
                all(events, "\"kind\":\"workflow_progress\"[^}]*\"progress\":([0-9.]+)").stream()
                        .map(Double::valueOf)
                        .toList();
        assertThat(progress).hasSize(20).isSorted().endsWith(100.0);
        assertThat(
                        all(
                                gateway.get("/api/channels/logs:shop:dbt/events?limit=1000").body(),
                                "(\"kind\":\"log\")"))
                .hasSize(540);
    }

    @Test
    void aBodyThatWasRefusedBeginsTheRunWhenItIsSentAgain() throws Exception {
        String path = "/api/channels/logs:shop:dbt/events";
        String line =
                "{\"data\":{},\"info\":{\"invocation_id\":\"i\",\"name\":\"N\",\"msg\":\"m\",\"ts\":\"?\"}}";
        gateway.post(path, "something else", "Idempotency-Key", "k");
        assertThat(gateway.post(path, line, "Idempotency-Key", "k").statusCode()).isEqualTo(422);

        gateway.post(path, line);

        assertThat(gateway.get("/api/channels/runs:shop:dbt/events").body())
                .contains("\"kind\":\"workflow_started\"");
    }

    private static List<String> all(String text, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
