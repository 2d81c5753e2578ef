package io.tailrace.server;

import static io.openlineage.client.transports.HttpConfig.Compression.GZIP;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.tailrace.server.settings.Settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The Java client that Spark, Flink and others use, as it is configured in {@code openlineage.yml}.
 */
class LineageClientIT extends GuardedGateway {

    private static final ZonedDateTime BEGIN =
            ZonedDateTime.parse("2026-11-21T10:00:00.123456789Z");

    private final OpenLineage lineage = new OpenLineage(URI.create("https://example.org/producer"));
    private final UUID parent = UUID.randomUUID();
    private final UUID child = UUID.randomUUID();

    /** A token that the running gateway knows already. */
    private String known(String... grants) {
        String token = token("spark", grants);
        await().until(() -> get(token, "/api/runs").statusCode() == 200);
        return token;
    }

    private void send(
            String token, HttpConfig.@Nullable Compression compression, OpenLineage.RunEvent event)
            throws Exception {
        var auth = new ApiKeyTokenProvider();
        auth.setApiKey(token);
        var config = new HttpConfig();
        config.setUrl(gateway.uri(""));
        config.setAuth(auth);
        if (compression != null) {
            config.setCompression(compression);
        }
        OpenLineageClient client = new OpenLineageClient(new HttpTransport(config));
        try {
            client.emit(event);
        } finally {
            client.close();
        }
    }

    private OpenLineage.RunEvent event(
            EventType type, int second, UUID run, OpenLineage.RunFacets facets, String job) {
        return lineage.newRunEventBuilder()
                .eventType(type)
                .eventTime(BEGIN.plusSeconds(second))
                .run(lineage.newRun(run, facets))
                .job(lineage.newJobBuilder().namespace("acme").name(job).build())
                .inputs(List.of())
                .outputs(
                        List.of(
                                lineage.newOutputDatasetBuilder()
                                        .namespace("pg")
                                        .name("orders")
                                        .outputFacets(
                                                lineage.newOutputDatasetOutputFacetsBuilder()
                                                        .outputStatistics(
                                                                lineage
                                                                        .newOutputStatisticsOutputDatasetFacet(
                                                                                120L, 4_096L, 2L))
                                                        .build())
                                        .build()))
                .build();
    }

    private OpenLineage.RunFacets plain() {
        return lineage.newRunFacetsBuilder().build();
    }

    private OpenLineage.RunFacetsBuilder below() {
        return lineage.newRunFacetsBuilder()
                .parent(
                        lineage.newParentRunFacetBuilder()
                                .run(lineage.newParentRunFacetRun(parent, null))
                                .job(lineage.newParentRunFacetJob("acme", "nightly", null))
                                .build());
    }

    @Test
    void aClientsRunsAndTasksStandInTheRunState() throws Exception {
        String token = known("publish:*", "subscribe:*");
        OpenLineage.RunFacets failed =
                below().errorMessage(
                                lineage.newErrorMessageRunFacet(
                                        "disk is full",
                                        "java",
                                        "java.io.IOException: disk is full\n\tat A.b(A.java:1)"))
                        .build();
        send(token, null, event(EventType.START, 0, parent, plain(), "nightly"));
        send(token, GZIP, event(EventType.START, 1, child, below().build(), "nightly.load"));
        send(token, GZIP, event(EventType.FAIL, 2, child, failed, "nightly.load"));
        send(token, null, event(EventType.COMPLETE, 3, child, below().build(), "nightly.load"));
        send(token, null, event(EventType.FAIL, 4, parent, plain(), "nightly"));

        assertThat(get(token, "/api/runs/acme/nightly/" + parent).body())
                .contains("\"status\":\"failed\"", "\"name\":\"load\"", "disk is full");
        assertThat(get(token, "/api/channels/logs:acme:nightly/events").body())
                .contains("\"error\":\"java.io.IOException: disk is full\\n\\tat A.b(A.java:1)\"");
        assertThat(get(token, "/api/channels/metrics:acme/events").body())
                .contains("\"name\":\"output.rows\",\"value\":120,\"unit\":\"rows\"");
        assertThat(get(token, "/api/channels/runs:acme:nightly/events").body())
                .contains("\"kind\":\"alert\"", "load failed: disk is full");
    }

    @Test
    void aGrantThatIsMissingIsNamed() throws Exception {
        OpenLineage.RunEvent event = event(EventType.START, 0, parent, plain(), "nightly");
        assertThatThrownBy(() -> send(alice, null, event))
                .isInstanceOf(OpenLineageClientException.class)
                .hasMessageContaining("publish:metrics:acme");
        assertThatThrownBy(() -> send("trc_wrong", null, event)).hasMessageContaining("401");

        assertThat(get(alice, "/api/runs").body()).contains("\"runs\":[]");
    }

    @Test
    void afterARestartAnEventStillBelongsToItsAttempt() throws Exception {
        String token = token("spark", "publish:*", "subscribe:*");
        UUID again = UUID.randomUUID();
        onDisk();
        send(token, null, event(EventType.START, 1, child, below().build(), "nightly.load"));
        send(token, null, event(EventType.FAIL, 2, child, below().build(), "nightly.load"));
        send(token, null, event(EventType.START, 3, again, below().build(), "nightly.load"));
        onDisk();
        send(token, null, event(EventType.COMPLETE, 9, again, below().build(), "nightly.load"));

        assertThat(get(token, "/api/runs/acme/nightly/" + parent).body())
                .contains("\"number\":2,\"status\":\"succeeded\"");
    }

    private void onDisk() {
        gateway.close();
        String[] disk = {"--store=rocksdb", "--port=0", "--self-check=0s", "--data=" + data};
        gateway = new TestGateway(Gateway.start(Settings.load(disk, Map.of())));
    }
}
