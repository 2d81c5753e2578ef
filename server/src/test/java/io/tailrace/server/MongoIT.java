package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import io.tailrace.server.settings.Settings;
import io.tailrace.server.source.mongo.TestMongo;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** A gateway that watches a collection of jobs, from its settings to the state of their runs. */
class MongoIT {

    @TempDir Path directory;

    private Settings settings(String uri) throws Exception {
        return TestGateway.sources(
                directory,
                """
                jobs {
                  type = mongodb, uri = "%s", database = shop, collections = jobs
                  workspace = acme, workflow = nightly
                  fields { message = text, run = job, task = stage, status = state, error = why }
                }
                """
                        .formatted(uri));
    }

    @Test
    void documentsOfJobsBecomeTheStateOfRunsAcrossARestart() throws Exception {
        try (var mongo = new TestMongo();
                MongoClient client = MongoClients.create(mongo.uri())) {
            var jobs = client.getDatabase("shop").getCollection("jobs");
            Settings settings = settings(mongo.uri());
            try (var gateway = new TestGateway(Gateway.start(settings))) {
                await().until(() -> mongo.watched() > 0);
                jobs.insertOne(new Document("job", "7").append("state", "started"));
                jobs.insertOne(
                        new Document("job", "7")
                                .append("stage", "load")
                                .append("state", "running"));
                await().untilAsserted(() ->
                        assertThat(gateway.get("/api/runs").body())
                                .contains("\"run\":\"7\"", "\"load\"", "running"));
                assertThat(gateway.get("/api/sources").body())
                        .contains("\"type\":\"mongodb\"")
                        .doesNotContain("127.0.0.1");
            }
            jobs.insertOne(
                    new Document("job", "7")
                            .append("stage", "load")
                            .append("state", "error")
                            .append("why", "disk full"));
            jobs.insertOne(new Document("job", "7").append("state", "failed"));
            try (var gateway = new TestGateway(Gateway.start(settings))) {
                await().untilAsserted(() ->
                        assertThat(gateway.get("/api/runs").body())
                                .contains("\"failed\"", "disk full"));
                String events = gateway.get("/api/channels/runs:acme:nightly/events").body();
                assertThat(events.split("\"_id\"", -1)).hasSize(5);
            }
        }
    }
}
