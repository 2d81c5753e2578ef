package io.tailrace.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.server.eventlog.NewEntry;
import io.tailrace.server.runs.MiniGateway;
import io.tailrace.server.runs.Tale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

final class LogSearchTest {

    private static final Channel LOGS = Channel.logs("acme", "nightly");
    private final MiniGateway gateway = new MiniGateway();
    private final Tale tale = new Tale(gateway, "nightly", "r1");
    private final LogSearch search = new LogSearch(gateway.log, 100_000, Duration.ofSeconds(30));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void findsLinesWithAllTermsNewestFirst() {
        tale.logs(1, Level.INFO, "a", "Connection opened");
        tale.logs(2, Level.ERROR, "a", "connection TIMEOUT after 30 s");
        tale.logs(3, Level.ERROR, "b", "timeout of the connection");
        tale.logs(4, Level.ERROR, "b", "timeout elsewhere");

        LogHits hits = search.find(query(List.of("Timeout", "CONNECTION"), null, null, null, 10));

        assertThat(hits.hits()).extracting(h -> h.cursor().position()).containsExactly(3L, 2L);
        assertThat(hits.matches()).isEqualTo(2);
        assertThat(hits.scanned()).isEqualTo(4);
        assertThat(hits.complete()).isTrue();
    }

    @Test
    void withoutAFullMatchTheBestOverlapComesFirst() {
        tale.logs(1, Level.INFO, null, "alpha beta");
        tale.logs(2, Level.INFO, null, "alpha");
        tale.logs(3, Level.INFO, null, "nothing");

        LogHits hits = search.find(query(List.of("alpha", "beta", "gamma"), null, null, null, 10));

        assertThat(hits.matches()).isZero();
        assertThat(hits.hits()).extracting(h -> h.cursor().position()).containsExactly(1L, 2L);
    }

    /** So many long lines do not fit into memory at once. */
    @Test
    void findsTheNewestOfLongLines() {
        String padding = "x".repeat(900_000);
        for (int i = 1; i <= 12; i++) {
            tale.logs(i, Level.INFO, null, "needle " + padding);
        }

        LogHits hits = search.find(query(List.of("needle"), null, null, null, 3));

        assertThat(hits.hits())
                .extracting(h -> h.cursor().position())
                .containsExactly(12L, 11L, 10L);
        assertThat(hits.scanned()).isEqualTo(12);
        assertThat(hits.complete()).isTrue();
    }

    @Test
    void filtersByRunTaskAndLevel() {
        tale.logs(1, Level.WARN, "a", "x");
        tale.logs(2, Level.ERROR, "b", "x");
        new Tale(gateway, "nightly", "r2").logs(3, Level.ERROR, "b", "x");

        assertThat(search.find(query(List.of(), "r1", "b", Level.ERROR, 10)).hits())
                .extracting(h -> h.cursor().position())
                .containsExactly(2L);
        assertThat(search.find(query(List.of(), "r1", null, Level.WARN, 10)).matches())
                .isEqualTo(2);
    }

    @Test
    void walksThroughManyWindowsAndCountsAll() {
        for (int i = 0; i < 9_001; i++) {
            tale.logs(i, Level.INFO, null, i % 3 == 0 ? "fizz " + i : "x");
        }

        LogHits hits = search.find(query(List.of("fizz"), null, null, null, 2));

        assertThat(hits.matches()).isEqualTo(3_001);
        assertThat(hits.scanned()).isEqualTo(9_001);
        assertThat(hits.complete()).isTrue();
        assertThat(hits.hits())
                .extracting(h -> h.line().message())
                .containsExactly("fizz 9000", "fizz 8997");
    }

    @Test
    void stopsAtItsBoundsAndSaysSo() {
        for (int i = 0; i < 500; i++) {
            tale.logs(i, Level.INFO, null, "x");
        }
        LogSearch few = new LogSearch(gateway.log, 100, Duration.ofSeconds(30));
        LogSearch brief = new LogSearch(gateway.log, 100, Duration.ofNanos(-1));

        LogHits hits = few.find(query(List.of(), null, null, null, 5));

        assertThat(hits.scanned()).isEqualTo(100);
        assertThat(hits.complete()).isFalse();
        assertThat(brief.find(query(List.of(), null, null, null, 5)).complete()).isFalse();
    }

    @Test
    void unreadableEntriesAndEmptyChannelsAreNoTrouble() {
        gateway.log.append(List.of(new NewEntry(LOGS, "log", 1, new byte[] {'{', 'x'})), Map.of());

        assertThat(search.find(query(List.of(), null, null, null, 5)).hits()).isEmpty();
        LogQuery none =
                new LogQuery(
                        List.of(Channel.logs("no", "such")), List.of("x"), null, null, null, 9, 5);
        assertThat(search.find(none).complete()).isTrue();
    }

    private LogQuery query(
            List<String> terms,
            @Nullable String run,
            @Nullable String task,
            @Nullable Level level,
            int limit) {
        return new LogQuery(List.of(LOGS), terms, run, task, level, gateway.log.newest(), limit);
    }
}
