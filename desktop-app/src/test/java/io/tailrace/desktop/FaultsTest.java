package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.connection.Connection;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.wire.SseReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What a gateway should never send, and clocks that jump: shown as well as can be, no more. */
@Timeout(180)
class FaultsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Channel LINES = Channel.logs("acme", "orders");

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final List<String> failures = new ArrayList<>();
    private final List<StreamItem> story = new ArrayList<>();
    private long position;

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
    }

    @Test
    void anEntryAsLargeAsAFrameMayBeIsHeldWholeAndBlocksNobody() {
        line(NOON, "before");
        line(NOON, "x".repeat(SseReader.DEFAULT_MAX_BYTES));
        line(NOON, "behind");
        try (Feed feed = feed()) {
            long slowest = shown(feed);
            assertThat(ShownLines.of(feed.models().logs()))
                    .hasSize(3)
                    .startsWith("before")
                    .endsWith("behind");
            assertThat(TimeUnit.NANOSECONDS.toMillis(slowest)).isLessThan(100);
        }
    }

    @Test
    void timesFarFromNowAreShownAndTheClockMayJump() {
        line(Instant.EPOCH, "long ago");
        line(Instant.parse("9999-12-31T23:59:59Z"), "far ahead");
        line(NOON, "now");
        try (Feed feed = feed()) {
            for (String time : List.of("2026-11-21T12:00:05Z", "2020-01-01T00:00:00Z")) {
                clock.set(Instant.parse(time));
                shown(feed);
            }
            assertThat(ShownLines.of(feed.models().logs()))
                    .containsExactly("long ago", "far ahead", "now");
            assertThat(feed.status().lagMedian().get()).isGreaterThanOrEqualTo(-1);
        }
    }

    @Test
    void unknownKindsAndUnreadableFramesDoNotStopWhatFollows() {
        Header header =
                new Header(new Channel("logs:acme:tomorrow"), NOON, Subject.NONE, Map.of("a", 1));
        received(new Event.Other(header, "of_tomorrow"));
        story.add(new StreamItem.Unreadable("This is not valid JSON."));
        line(NOON, "behind");
        try (Feed feed = feed()) {
            shown(feed);
            assertThat(ShownLines.of(feed.models().logs())).contains("behind");
            assertThat(feed.status().unreadable().get()).isEqualTo(1);
        }
    }

    private void line(Instant at, String message) {
        received(
                new Event.Log(Header.of(LINES, at, Subject.NONE), Level.INFO, message, null, null));
    }

    private void received(Event.Published event) {
        story.add(new StreamItem.Received(new Entry(new Cursor("e", ++position), event), NOON));
    }

    /** Shows everything; answers the most CPU time of one frame. */
    private static long shown(Feed feed) {
        var threads = ManagementFactory.getThreadMXBean();
        long slowest = 0;
        boolean over = false;
        while (!over) {
            over = feed.status().standing().get() == Standing.SAVED;
            long before = threads.getCurrentThreadCpuTime();
            int _ = feed.pump().pulse();
            ShownLines.pulse(feed.models().logs());
            slowest = Math.max(slowest, threads.getCurrentThreadCpuTime() - before);
            Thread.onSpinWait();
        }
        return slowest;
    }

    private Feed feed() {
        Feed feed =
                new Feed(
                        RootConnectionSettings.of(
                                URI.create("http://127.0.0.1:1"),
                                "faults1",
                                List.of(ChannelPattern.parse("*"))),
                        Connection.saved(story::forEach, "All was read."),
                        clock::get,
                        new Times(ZoneOffset.UTC),
                        (what, cause) -> failures.add(what + ": " + cause),
                        failures::add);
        feed.start();
        return feed;
    }
}
