package io.tailrace.server.eventlog;

import static io.tailrace.server.eventlog.Entries.A;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.Gateway;
import io.tailrace.server.StartException;
import io.tailrace.server.settings.Settings;
import io.tailrace.wire.EventCodec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A gateway over a log whose tables turn out to be damaged while it runs. */
class DamagedStoreIT {

    private static final int ENTRIES = 2_000;

    @TempDir Path data;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aStreamOverDamagedTablesIsToldWhyItEndsAndReadinessStaysRed() throws Exception {
        String epoch = fill();
        start().close(); // from now on it need not read everything when it starts
        damage();
        try (Gateway gateway = start()) {
            assertThat(get(gateway, "/health/ready").statusCode()).isEqualTo(200);

            String stream =
                    get(gateway, "/api/sse/session/a?channels=" + A + "&after=" + epoch + "-0")
                            .body();

            assertThat(stream)
                    .contains("event: session_end", "\"reason\":\"unreadable\"", "/health/ready")
                    .doesNotContain("line " + (ENTRIES - 1));
            assertThat(get(gateway, "/api/events?channels=" + A + "&after=" + epoch + "-0"))
                    .returns(503, HttpResponse::statusCode);
            assertThat(publish(gateway).statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/health/ready"))
                    .returns(503, HttpResponse::statusCode)
                    .extracting(HttpResponse::body)
                    .asString()
                    .contains("is damaged", ".sst", "estore a backup");
        }
    }

    @Test
    void aGatewayThatCannotReadItsLogSaysSoInsteadOfStarting() throws Exception {
        fill();
        damage();
        assertThatThrownBy(this::start)
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(data.toString(), ".sst", "estore a backup");
    }

    private Gateway start() {
        String[] options = {"--data=" + data, "--port=0", "--self-check=0s"};
        return Gateway.start(Settings.load(options, Map.of()));
    }

    /** Enough for several blocks, in a table file. */
    private String fill() {
        try (RocksDbEventLog log =
                RocksDbEventLog.open(data, RocksDbOptions.DEFAULT, Clock.systemUTC())) {
            List<NewEntry> entries = new ArrayList<>();
            var header = Header.of(A, Instant.EPOCH, Subject.NONE);
            for (int i = 0; i < ENTRIES; i++) {
                var event = new Event.Log(header, Level.INFO, "line " + i, null, null);
                entries.add(new NewEntry(A, "log", 0, EventCodec.encode(event)));
            }
            log.append(entries, Map.of());
            log.guard().read(DamagedStoreIT::flush);
            return log.epoch();
        }
    }

    private static boolean flush(RocksStore store) throws RocksDBException {
        try (var options = new FlushOptions()) {
            store.db().flush(options, store.entries());
        }
        return true;
    }

    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            Path table =
                    files.filter(f -> f.toString().endsWith(".sst"))
                            .max(Comparator.comparingLong(f -> f.toFile().length()))
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(table);
            bytes[bytes.length / 3] ^= 1;
            Files.write(table, bytes);
        }
    }

    private HttpResponse<String> get(Gateway gateway, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.address().resolve(path)).build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> publish(Gateway gateway) throws Exception {
        return http.send(
                HttpRequest.newBuilder(
                                gateway.address().resolve("/api/channels/logs:other:x/events"))
                        .POST(HttpRequest.BodyPublishers.ofString("still here"))
                        .build(),
                BodyHandlers.ofString());
    }
}
