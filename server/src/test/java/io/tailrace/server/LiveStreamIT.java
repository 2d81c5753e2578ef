package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Streams that have caught up share a thread; nobody may notice. */
class LiveStreamIT {

    private static final String GZIP = "Accept-Encoding: br, gzip\r\n";
    private static final String END = "the end";

    private final TestGateway gateway =
            new TestGateway("--heartbeat=1s", "--write-timeout=20s", "--tail-bytes=1MiB");

    @AfterEach
    void close() {
        gateway.close();
    }

    private ChunkedReader open(String session, String channels, String... headers)
            throws IOException {
        return new ChunkedReader(
                gateway.port(), "/api/sse/session/" + session + "?channels=" + channels, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", GZIP})
    void everyEventIsReadableAsSoonAsItCame(String headers) throws Exception {
        try (ChunkedReader reader = open("a", "logs:a:b", headers)) {
            SseReader events = reader.events();
            for (int i = 0; i < 20; i++) {
                gateway.lines("logs:a:b", "line " + i);
                assertThat(line(events)).isEqualTo("line " + i);
            }
            gateway.stop();
            SseEvent last = events.next();
            while (last != null && !last.type().equals("server_shutting_down")) {
                last = events.next();
            }
            assertThat(last).isNotNull();
            assertThat(events.next()).isNull(); // complete, with a checksum that fits
        }
    }

    @Test
    void packsForThoseWhoAskForIt() throws Exception {
        try (ChunkedReader packed = open("a", "logs:a:b", GZIP);
                ChunkedReader plain = open("b", "logs:a:b", "Accept-Encoding: gzip;q=0\r\n")) {
            assertThat(packed.head())
                    .containsIgnoringCase("Content-Encoding: gzip")
                    .containsIgnoringCase("Vary: Accept-Encoding");
            assertThat(plain.head()).doesNotContainIgnoringCase("gzip");
        }
    }

    @Test
    void readersThatTakeNothingDelayNobody() throws Exception {
        List<ChunkedReader> stalled = new ArrayList<>();
        try (ChunkedReader quick = open("quick", "logs:a:b")) {
            for (int i = 0; i < 20; i++) {
                stalled.add(open("stalled" + i, "logs:a:b"));
            }
            SseReader events = quick.events();
            String line = "x".repeat(20_000);
            for (int i = 0; i < 100; i++) {
                gateway.lines("logs:a:b", line);
                assertThat(line(events)).isEqualTo(line);
            }
            long begin = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                gateway.lines("logs:a:b", "y");
                assertThat(line(events)).isEqualTo("y");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(gateway.get("/api/sessions").body()).contains("stalled19");
        } finally {
            for (ChunkedReader reader : stalled) {
                reader.close();
            }
        }
    }

    @Test
    void showsSignsOfLifeWhileNothingHappens() throws Exception {
        try (ChunkedReader reader = open("a", "logs:a:b");
                ChunkedReader packed = open("b", "logs:a:b", GZIP)) {
            for (SseReader events : List.of(reader.events(), packed.events())) {
                assertThat(next(events).type()).isEqualTo("session_init");
                for (int i = 0; i < 3; i++) {
                    assertThat(next(events).type()).isEqualTo("heartbeat");
                }
            }
        }
    }

    @Test
    void notesThatAReaderWentAway() throws Exception {
        open("gone", "logs:a:b").close();
        await().until(() -> !gateway.get("/api/sessions").body().contains("gone"));
        assertThat(gateway.get("/metrics").body())
                .contains("tailrace_sessions_closed_total{reason=\"gone\"} 1.0");
    }

    /** Readers stall, go away and come back at random: each gets its events once and in order. */
    @Test
    void everyReaderGetsItsEventsWhateverTheOthersDo() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, Integer>>> readers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int number = i;
                readers.add(threads.submit(() -> follow(number)));
            }
            await().until(() -> gateway.get("/api/sessions").body().contains("\"r23\""));
            Random random = new Random(1);
            int[] sent = new int[4];
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (System.nanoTime() < end) {
                int channel = random.nextInt(4);
                String[] lines = new String[1 + random.nextInt(30)];
                for (int i = 0; i < lines.length; i++) {
                    lines[i] = sent[channel]++ + " " + "z".repeat(random.nextInt(1_500));
                }
                gateway.lines("logs:a:" + channel, lines);
            }
            gateway.lines("logs:a:end", END);
            for (int i = 0; i < readers.size(); i++) {
                Map<String, Integer> seen = readers.get(i).get();
                assertThat(seen).containsEntry("logs:a:0", sent[0]);
                assertThat(seen.containsKey("logs:a:3")).isEqualTo(i % 3 != 0);
            }
        }
    }

    /** How many events it saw of each channel; they are numbered. */
    private Map<String, Integer> follow(int number) throws IOException {
        Random random = new Random(number);
        Map<String, Integer> seen = new HashMap<>();
        String channels = number % 3 == 0 ? "logs:a:0,logs:a:end" : "logs:a:*";
        String[] headers = number % 2 == 0 ? new String[] {GZIP, ""} : new String[] {"", ""};
        while (true) {
            int patience = number % 4 == 0 ? 50 + random.nextInt(500) : Integer.MAX_VALUE;
            try (ChunkedReader reader = open("r" + number, channels, headers)) {
                SseReader events = reader.events();
                for (int i = 0; i < patience; i++) {
                    SseEvent event = next(events);
                    if (event.id() == null) {
                        continue;
                    }
                    headers[1] = "Last-Event-ID: " + event.id() + "\r\n";
                    if (!(EventCodec.decode(event.data()) instanceof Event.Log log)) {
                        throw new AssertionError(event.type());
                    }
                    if (log.message().equals(END)) {
                        return seen;
                    }
                    int expected = seen.merge(log.header().channel().name(), 1, Integer::sum) - 1;
                    assertThat(log.message()).startsWith(expected + " ");
                    if (number % 4 == 1 && random.nextInt(100) == 0) {
                        LockSupport.parkNanos(random.nextInt(100_000_000)); // a stall is the point
                    }
                }
            }
        }
    }

    private static SseEvent next(SseReader events) throws IOException {
        @Nullable SseEvent event = events.next();
        if (event == null) {
            throw new AssertionError("The stream ended.");
        }
        return event;
    }

    /** The next stored line. */
    private static String line(SseReader events) throws IOException {
        SseEvent event = next(events);
        while (event.id() == null) {
            event = next(events);
        }
        return TestStream.message(event);
    }
}
