package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class RedactionIT {

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    private String stored(String channel) throws Exception {
        return gateway.get("/api/channels/" + channel + "/events").body();
    }

    @Test
    void secretsInLinesOfTextAndInEventsAreMasked() throws Exception {
        gateway.lines(
                "logs:a:b",
                "connecting to postgres://etl:hunter2@db/shop",
                "{\"message\":\"m\",\"password\":\"hunter2\",\"kept\":1}",
                "{\"message\":\"\\u0070assword=hunter2\"}",
                "all is well");
        var response =
                gateway.post(
                        "/api/events",
                        "{\"channel\":\"logs:a:b\",\"message\":\"export API_KEY=hunter2\"}",
                        "Idempotency-Key",
                        "k1");
        assertThat(response.statusCode()).isEqualTo(200);

        assertThat(stored("logs:a:b"))
                .doesNotContain("hunter2")
                .contains("postgres://etl:[redacted]@db/shop", "\"redacted\":[\"url-password\"]")
                .contains("\"password\":\"[redacted]\",\"kept\":1,\"redacted\":[\"secret-field\"]")
                .contains("password=[redacted]", "API_KEY=[redacted]", "all is well");
    }

    @Test
    void aPrivateKeyThatIsPrintedIsMaskedInAllItsLines() throws Exception {
        gateway.lines(
                "logs:a:b",
                "-----BEGIN RSA PRIVATE " + "KEY-----",
                "MIIEowIBAAKCAQEA7",
                "c2VjcmV0",
                "-----END RSA PRIVATE " + "KEY-----",
                "c29tZXRoaW5nIGVsc2U");

        assertThat(stored("logs:a:b"))
                .doesNotContain("MIIE", "c2VjcmV0")
                .contains("-----END RSA", "c29tZXRoaW5nIGVsc2U");
    }

    @Test
    void aPrivateKeyInSeveralLogRecordsIsMaskedInAllOfThem() throws Exception {
        String records =
                Stream.of(
                                "-----BEGIN PRIVATE " + "KEY-----",
                                "MIIEowIBAAKCAQEA7",
                                "c2VjcmV0",
                                "-----END PRIVATE " + "KEY-----",
                                "c29tZXRoaW5nIGVsc2U")
                        .map(line -> "{\"body\":{\"stringValue\":\"" + line + "\"}}")
                        .collect(Collectors.joining(","));
        gateway.post(
                "/v1/logs",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
                        + records
                        + "]}],"
                        + "\"resource\":{\"attributes\":["
                        + "{\"key\":\"service.name\",\"value\":{\"stringValue\":\"b\"}},"
                        + "{\"key\":\"service.namespace\",\"value\":{\"stringValue\":\"a\"}}"
                        + "]}}]}",
                "Content-Type",
                "application/json");

        assertThat(stored("logs:a:b"))
                .doesNotContain("MIIE", "c2VjcmV0")
                .contains("-----END PRIVATE", "c29tZXRoaW5nIGVsc2U");
    }

    @Test
    void secretsInQuestionsAndCommandsAreMasked() throws Exception {
        gateway.post(
                "/api/events",
                "{\"channel\":\"runs:a:b\",\"kind\":\"workflow_started\",\"workspace\":\"a\","
                        + "\"workflow\":\"b\",\"run\":\"1\"}");
        gateway.post(
                "/api/chat/question",
                "{\"session\":\"s\",\"message\":\"why did password=hunter2 fail\"}");
        String command =
                "{\"workspace\":\"a\",\"workflow\":\"b\",\"run\":\"1\",\"verb\":\"cancel\","
                        + "\"message\":\"api_key=hunter2 was wrong\"}";
        assertThat(gateway.post("/api/commands", command).statusCode()).isEqualTo(202);

        assertThat(stored("commands:a:b")).contains("[redacted] was wrong");
        await().untilAsserted(() ->
                assertThat(stored("session:s"))
                        .contains("password=[redacted] fail", "chat_response")
                        .doesNotContain("hunter2"));
    }

    @Test
    void rulesComeFromTheSettings(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("rules"), "customer = CN-\\d{4}\n");
        try (TestGateway own =
                new TestGateway("--redaction-rules=" + file, "--redaction-off=named-secret")) {
            own.lines("logs:a:b", "password=hunter2 for CN-1234");
            assertThat(own.get("/api/channels/logs:a:b/events").body())
                    .contains("password=hunter2 for [redacted]");
        }
        assertThatThrownBy(() -> new TestGateway("--redaction-off=nothing"))
                .hasMessageContaining("There is no redaction rule 'nothing'");
        assertThatThrownBy(() -> new TestGateway("--openlineage-names=nothing"))
                .hasMessageContaining("OpenLineage rule 'nothing' must look like");
    }
}
