package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

class TracesIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Queue<String> exports = new ConcurrentLinkedQueue<>();
    private final WebServer collector =
            WebServer.builder()
                    .port(0)
                    .address(InetAddress.getLoopbackAddress())
                    .shutdownHook(false)
                    .routing(routing -> routing.post("/v1/traces", this::collect))
                    .build();

    @BeforeEach
    void start() {
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop();
    }

    private void collect(ServerRequest request, ServerResponse response) throws IOException {
        byte[] body = request.content().inputStream().readAllBytes();
        exports.add(new String(body, StandardCharsets.ISO_8859_1));
        response.send();
    }

    private String endpoint() {
        return "--otlp-endpoint=http://127.0.0.1:" + collector.port();
    }

    @Test
    void sendsWhatHappenedToAPublishersRequestAsPartOfItsTrace() throws Exception {
        try (var gateway = new TestGateway(endpoint(), "--otlp-sampling=0");
                TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            gateway.lines("logs:a:b", "not sampled");
            var _ =
                    gateway.post(
                            "/api/channels/logs:a:b/events",
                            "sampled",
                            "traceparent",
                            "00-" + TRACE + "-00f067aa0ba902b7-01");
            stream.messages(2);

            await().until(() -> all().contains("write"));
        }
        assertThat(all())
                .contains("tailrace-gateway", "publish", "append", "tailrace.position")
                .contains(new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1));
        assertThat(all().split("publish", -1)).hasSize(2);
    }

    @Test
    void goesOnWhenNobodyCollects() throws Exception {
        String nowhere = endpoint();
        collector.stop();
        try (var gateway = new TestGateway(nowhere, "--otlp-sampling=100")) {
            assertThat(gateway.lines("logs:a:b", "one", "two")).isNotEmpty();
        }
    }

    private String all() {
        return String.join("", exports);
    }
}
