package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Whatever bytes come on the paths of other dialects: the answer is a success or a complaint in a
 * sentence, at once, and what others sent before and after is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnyBytesIT {

    private static final int TRIES = 250;

    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = new TestGateway("--access-log=off");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /v1/logs,    application/x-protobuf
                    /v1/logs,    application/json
                    /v1/metrics, application/x-protobuf
                    /v1/metrics, application/json
                    /v1/traces,  application/x-protobuf
                    /v1/traces,  application/json
                    /api/cloudevents, application/cloudevents+json
                    /api/cloudevents, application/cloudevents-batch+json
                    /api/channels/logs:any:bytes/events, text/plain
                    /api/channels/logs:any:bytes/events, application/x-ndjson
                    /api/channels/logs:any:bytes/events, application/octet-stream
                    """)
    void neverFailTheGatewayOrANeighbour(String path, String type) throws Exception {
        Random random = new Random((path + type).hashCode());
        List<byte[]> seeds = AnyBodies.of(path, type);
        gateway.lines("logs:neighbour:x", "before " + path + type);
        for (int i = 0; i < TRIES; i++) {
            byte[] body = AnyBodies.changed(seeds.get(i % seeds.size()), random);
            var request =
                    gateway.request(path)
                            .timeout(Duration.ofSeconds(10))
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofByteArray(body));
            if (random.nextInt(20) == 0) {
                request.header("Content-Encoding", "gzip");
            }
            HttpResponse<byte[]> response = gateway.bytes(request);

            assertThat(response.statusCode())
                    .as(() -> i(body) + text(response))
                    .matches(s -> s / 100 == 2 || s / 100 == 4);
            if (response.statusCode() / 100 == 4) {
                assertThat(text(response)).matches("(?s).*[a-z] .*\\..*");
            }
        }
        gateway.lines("logs:neighbour:x", "after " + path + type);
        assertThat(gateway.events("logs:neighbour:x").stream().map(Object::toString))
                .anyMatch(e -> e.contains("before " + path + type))
                .anyMatch(e -> e.contains("after " + path + type));
    }

    private static String i(byte[] body) {
        return Arrays.toString(body).substring(0, Math.min(3_000, Arrays.toString(body).length()));
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
