package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

class StreamIT {

    private final MemoryEventLog log = new MemoryEventLog();
    private final TestGateway gateway = new TestGateway(log, "--heartbeat=1s", "--tail-bytes=1MiB");

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void beginsWithAWordAboutItself() throws Exception {
        gateway.lines("logs:a:b", "before");
        try (TestStream stream = gateway.stream("channels=logs:a:*,runs:*")) {
            SseEvent first = stream.next();

            assertThat(stream.response().headers().firstValue("content-type"))
                    .contains("text/event-stream");
            assertThat(stream.response().headers().firstValue("cache-control"))
                    .contains("no-cache");
            assertThat(stream.response().headers().firstValue("x-accel-buffering")).contains("no");
            assertThat(first.id()).isNull();
            assertThat(EventCodec.decode(first.data()))
                    .isInstanceOfSatisfying(
                            Event.SessionInit.class,
                            init -> {
                                assertThat(init.session()).isEqualTo("test");
                                assertThat(init.channels()).containsExactly("logs:a:*", "runs:*");
                                assertThat(init.cursor().position()).isEqualTo(1);
                                assertThat(init.heartbeat()).isEqualTo(1_000);
                            });
        }
    }

    @Test
    void givesEveryEventInTheOrderOfItsPublication() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:a:b")) {
            stream.next("session_init");
            String[] lines =
                    IntStream.range(0, 500).mapToObj(i -> "line " + i).toArray(String[]::new);
            gateway.lines("logs:a:b", lines);

            List<SseEvent> entries = stream.entries(500);
            assertThat(entries).extracting(TestStream::message).containsExactly(lines);
            assertThat(entries)
                    .extracting(e -> Cursor.parse(String.valueOf(e.id())).position())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void givesTheRestExactlyOnceWhereverAReaderWasCutOff() throws Exception {
        List<String> ids = new ArrayList<>();
        try (TestStream stream = gateway.stream("channels=logs:a:*")) {
            stream.next("session_init");
            for (int i = 0; i < 5; i++) {
                gateway.lines("logs:a:x", "x" + i, "xx" + i);
                gateway.lines("logs:z:z", "not for us");
                gateway.lines("logs:a:y", "y" + i);
            }
            stream.entries(15).forEach(e -> ids.add(String.valueOf(e.id())));
        }
        for (int cut = 0; cut < ids.size(); cut++) {
            try (TestStream again = gateway.resume("channels=logs:a:*", ids.get(cut))) {
                again.next("resumed");
                assertThat(again.entries(ids.size() - 1 - cut))
                        .extracting(SseEvent::id)
                        .containsExactlyElementsOf(ids.subList(cut + 1, ids.size()));
            }
        }
    }

    @Test
    void prefersTheLastEventIdToTheAddress() throws Exception {
        String first = gateway.lines("logs:a:b", "1");
        String second = gateway.lines("logs:a:b", "2");
        gateway.lines("logs:a:b", "3");
        try (TestStream stream = gateway.resume("channels=logs:a:b&after=" + first, second)) {
            assertThat(stream.messages(1)).containsExactly("3");
        }
    }

    @Test
    void givesChannelsOfSeveralPatternsAlsoWhenTheyAreCreatedLater() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:a:*&channels=logs:b:one")) {
            stream.next("session_init");
            gateway.lines("logs:b:two", "no");
            gateway.lines("logs:a:new", "yes 1");
            gateway.lines("logs:b:one", "yes 2");

            assertThat(stream.messages(2)).containsExactly("yes 1", "yes 2");
        }
    }

    @Test
    void beginsWithTheNewestLinesOfEachChannel() throws Exception {
        gateway.lines("logs:a:b", "b1", "b2", "b3");
        gateway.lines("logs:a:c", "c1");
        gateway.lines("logs:a:b", "b4");
        try (TestStream stream = gateway.stream("channels=logs:a:*&tail=2")) {
            assertThat(stream.messages(3)).containsExactly("b3", "c1", "b4");
        }
    }

    @Test
    void saysWhichEntriesAreGone() throws Exception {
        String first = gateway.lines("logs:a:b", "1");
        gateway.lines("logs:a:b", "2", "3".repeat(900_000));
        gateway.lines("logs:a:b", "4".repeat(900_000)); // 1 and 2 are no longer in memory
        log.trim(new Retention(Duration.ofDays(1), 1 << 30, 2), Instant.now());
        try (TestStream stream = gateway.resume("channels=logs:a:*", first)) {
            stream.next("resumed");
            SseEvent gap = stream.next();

            assertThat(gap.id()).isNull();
            assertThat(EventCodec.decode(gap.data()))
                    .isInstanceOfSatisfying(
                            Event.Gap.class,
                            told -> {
                                assertThat(told.channel().name()).isEqualTo("logs:a:b");
                                assertThat(told.from()).isEqualTo(first);
                                assertThat(told.to().position()).isEqualTo(2);
                                assertThat(told.reason()).isEqualTo("retention");
                            });
            assertThat(stream.messages(2)).extracting(m -> m.charAt(0)).containsExactly('3', '4');
        }
    }

    @ParameterizedTest
    @CsvSource({"logs:a:*,logs:a:b", "logs:nobody:*,session:test"})
    void saysThatACursorIsOfAnotherLife(String pattern, String told) throws Exception {
        gateway.lines("logs:a:b", "1");
        try (TestStream stream = gateway.resume("channels=" + pattern, "another-7")) {
            Event gap = EventCodec.decode(stream.next("gap").data());

            assertThat(gap)
                    .isInstanceOfSatisfying(
                            Event.Gap.class,
                            event -> {
                                assertThat(event.channel().name()).isEqualTo(told);
                                assertThat(event.reason()).isEqualTo("epoch");
                            });
        }
    }

    @ParameterizedTest
    @CsvSource({"logs:a:*,logs:a:b", "logs:nobody:*,session:test"})
    void saysThatACursorLiesBehindTheEnd(String pattern, String told) throws Exception {
        String cursor = gateway.lines("logs:a:b", "1");
        try (TestStream stream = gateway.resume("channels=" + pattern, cursor + "00")) {
            stream.next("resumed");
            Event gap = EventCodec.decode(stream.next("gap").data());

            assertThat(gap)
                    .isInstanceOfSatisfying(
                            Event.Gap.class,
                            event -> {
                                assertThat(event.channel().name()).isEqualTo(told);
                                assertThat(event.reason()).isEqualTo("epoch");
                                assertThat(event.message())
                                        .contains("what it has behind that place follows");
                            });
            if (told.startsWith("logs")) {
                assertThat(stream.messages(1)).containsExactly("1");
            }
        }
    }

    /** Runs begin all the time; whoever comes sees each one either in the snapshot or behind it. */
    @Test
    void showsTheStateOfRunsAtASeamWithoutHoleOrOverlap() throws Exception {
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var published =
                    threads.submit(() -> {
                        int run = 0;
                        while (!stop.get() && run < 3_000) {
                            gateway.post("/api/channels/runs:a:b/events", started(run++), NDJSON);
                            gateway.lines("logs:a:b", "noise");
                        }
                        return run;
                    });
            List<TestStream> streams = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String query = "channels=runs:*,logs:a:*&snapshot=true&tail=" + i * 10;
                streams.add(gateway.stream(query));
                streams.getLast().next("session_init");
            }
            stop.set(true);
            int runs = published.get();
            gateway.lines("logs:a:end", "the end");
            for (TestStream stream : streams) {
                assertThat(runsOf(stream))
                        .containsExactlyElementsOf(IntStream.range(0, runs).boxed().toList());
                stream.close();
            }
        }
    }

    private static final String[] NDJSON = {"Content-Type", "application/x-ndjson"};

    private static String started(int run) {
        return "{\"kind\":\"workflow_started\",\"run\":\"" + run + "\"}";
    }

    private static Set<Integer> runsOf(TestStream stream) throws InterruptedException {
        Set<Integer> runs = new TreeSet<>();
        boolean seam = false;
        while (true) {
            Event event = EventCodec.decode(stream.next().data());
            switch (event) {
                case Event.Snapshot snapshot -> {
                    snapshot.runs().forEach(run -> runs.add(Integer.parseInt(run.key().run())));
                    seam = true;
                }
                case Event.WorkflowStarted begun -> {
                    boolean added =
                            runs.add(Integer.parseInt(String.valueOf(begun.subject().run())));
                    // Before the seam they come as replay and are in the snapshot again.
                    assertThat(added || !seam).isTrue();
                    if (!seam) {
                        runs.clear();
                    }
                }
                case Event.Log line when line.message().equals("the end") -> {
                    return runs;
                }
                default -> {}
            }
        }
    }

    @Test
    void givesNoSnapshotToAReaderThatKnowsTheState() throws Exception {
        String cursor = gateway.lines("logs:a:b", "1");
        gateway.lines("logs:a:b", "2");
        try (TestStream stream = gateway.resume("channels=logs:a:b&snapshot=true", cursor)) {
            stream.next("resumed");

            assertThat(stream.next().type()).isEqualTo("log");
        }
    }

    @Test
    void showsOnlyRunsOfTheChannelsAskedFor() throws Exception {
        gateway.post("/api/channels/runs:a:b/events", started(1), NDJSON);
        gateway.post("/api/channels/runs:z:z/events", started(2), NDJSON);
        try (TestStream stream = gateway.stream("channels=runs:a:*&snapshot=true")) {
            assertThat(EventCodec.decode(stream.next("snapshot").data()))
                    .isInstanceOfSatisfying(
                            Event.Snapshot.class,
                            snapshot -> {
                                assertThat(snapshot.runs())
                                        .extracting(run -> run.key().workspace())
                                        .containsExactly("a");
                                assertThat(snapshot.cursor().position()).isEqualTo(2);
                            });
        }
    }

    @Test
    void givesASignOfLifeWhenNothingHappens() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:a:b")) {
            gateway.lines("logs:other:busy", "not for us");
            SseEvent beat = stream.next("heartbeat");

            assertThat(beat.id()).isNull();
            assertThat(EventCodec.decode(beat.data()))
                    .isInstanceOfSatisfying(
                            Event.Heartbeat.class,
                            heartbeat -> assertThat(heartbeat.cursor().position()).isEqualTo(1));
        }
    }

    @Test
    void saysFarewellWhenTheGatewayStops() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:a:b")) {
            stream.next("session_init");
            gateway.stop();
            Event farewell = EventCodec.decode(stream.next("server_shutting_down").data());

            assertThat(farewell)
                    .isInstanceOfSatisfying(
                            Event.ServerShuttingDown.class,
                            event -> assertThat(event.retry()).isBetween(500L, 5_000L));
            assertThat(TestStream.ended(stream.next())).isTrue();
        }
    }
}
