package io.tailrace.publisher;

import static io.tailrace.publisher.Lines.SOON;
import static io.tailrace.publisher.Lines.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Real processes that are killed with what the gateway never took. */
class KilledPipelineIT {

    private static final int LINES = 3_000;

    @ParameterizedTest
    @ValueSource(strings = {"logback", "jul"})
    void whatItLoggedComesWithTheNextStartAndOnce(String how, @TempDir Path disk) throws Exception {
        Path folder = disk.resolve("spill");
        FakeGateway gateway = new FakeGateway();
        int port = gateway.port();
        // It stores the first request, but the answer gets lost; then it goes.
        gateway.next((g, exchange, body) -> {
            FakeGateway.storeAndHangUp().meet(g, exchange, body);
            Thread.ofVirtual().start(g::close);
        });
        Process pipeline = start(how, gateway, folder);
        try {
            assertThat(firstLine(pipeline)).isEqualTo("on disk");
        } finally {
            pipeline.destroyForcibly(); // kill -9
        }
        assertThat(pipeline.waitFor(10, TimeUnit.SECONDS)).isTrue();
        gateway.close(); // if it has not gone by itself
        assertThat(folder).isNotEmptyDirectory();

        try (FakeGateway again = reopened(port).remembering(gateway);
                Publisher next = new Publisher(Lines.settings(again).withSpill(folder, 1 << 26))) {
            assertThat(next.flush(SOON)).isTrue();
            assertThat(again.messages()).isEqualTo(numbers(0, LINES));
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static FakeGateway reopened(int port) {
        return await().ignoreExceptions().until(() -> new FakeGateway(port), _ -> true);
    }

    private static String firstLine(Process pipeline) throws IOException {
        var out = new InputStreamReader(pipeline.getInputStream(), StandardCharsets.UTF_8);
        return new BufferedReader(out).readLine();
    }

    private static Process start(String how, FakeGateway gateway, Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder process =
                new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pipeline.class.getName(),
                        how,
                        String.valueOf(LINES));
        process.environment().put("TAILRACE_URL", gateway.uri().toString());
        process.environment().put("TAILRACE_WORKSPACE", "acme");
        process.environment().put("TAILRACE_WORKFLOW", "orders");
        process.environment().put("TAILRACE_SPILL_FOLDER", folder.toString());
        return process.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
