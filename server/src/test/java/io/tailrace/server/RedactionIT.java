package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

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
