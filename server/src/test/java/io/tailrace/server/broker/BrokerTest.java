package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

class BrokerTest {

    private final FlakyLog log = new FlakyLog();
    private final List<Entry> projected = new CopyOnWriteArrayList<>();
    private final BrokerOptions small =
            new BrokerOptions(1 << 20, 1_000, 10, Duration.ofMillis(50), 1_000);
    private final Broker broker = broker(small);

    private Broker broker(BrokerOptions options) {
        return new Broker(
                log,
                options,
                Clock.systemUTC(),
                BrokerObserver.NONE,
                List.of(
                        _ -> {
                            throw new IllegalStateException("a projection that always fails");
                        },
                        projected::addAll));
    }

    @AfterEach
    void close() {
        log.gate.countDown();
        broker.close();
    }

    @Test
    void givesTheCursorOfTheLastEvent() {
        Cursor cursor = broker.publish(Lines.lines("logs:a:b", "one", "two", "three"));

        assertThat(cursor).isEqualTo(new Cursor(log.epoch(), 3));
        assertThat(broker.newest()).isEqualTo(cursor);
    }

    @Test
    void tellsProjectionsEveryEntryInOrderThoughAnotherOneFails() {
        broker.publish(Lines.lines("logs:a:b", "one", "two"));
        broker.publish(Lines.lines("logs:a:c", "three"));

        assertThat(projected).extracting(e -> e.cursor().position()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void storesWhatARepeatedKeyBringsOnlyOnce() {
        Function<Cursor, byte[]> answer =
                cursor -> cursor.toString().getBytes(StandardCharsets.UTF_8);

        byte[] first = broker.publishOnce(Lines.lines("logs:a:b", "one"), "key", answer);
        broker.publish(Lines.lines("logs:a:b", "two"));
        byte[] again = broker.publishOnce(Lines.lines("logs:a:b", "other"), "key", answer);

        assertThat(again).isEqualTo(first);
        assertThat(log.newest()).isEqualTo(2);
    }

    @Test
    void storesOnceWhenTheSameKeyComesManyTimesAtOnce() throws Exception {
        var answers = new ConcurrentLinkedQueue<String>();
        try (var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                var _ =
                        publishers.submit(() ->
                                answers.add(
                                        new String(
                                                broker.publishOnce(
                                                        Lines.lines("logs:a:b", "x"),
                                                        "same",
                                                        c ->
                                                                c.toString()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8)),
                                                StandardCharsets.UTF_8)));
            }
        }

        assertThat(answers).hasSize(50).containsOnly(new Cursor(log.epoch(), 1).toString());
        assertThat(log.newest()).isEqualTo(1);
    }

    @Test
    void tellsPublishersWhyTheLogRefusesAndWorksAgainLater() {
        log.full = true;
        assertThatThrownBy(() -> broker.publish(Lines.lines("logs:a:b", "lost")))
                .isInstanceOf(BrokerException.class)
                .hasMessage("Nothing was stored: The disk is full: make room.");
        assertThat(broker.failure()).contains("The disk is full: make room.");

        log.full = false;
        assertThat(broker.publish(Lines.lines("logs:a:b", "kept")).position()).isEqualTo(1);
        assertThat(broker.failure()).isEmpty();
        assertThat(projected).hasSize(1);
    }

    /** The second broken reader is one of a channel that is there already. */
    @Test
    void whatIsStoredIsNeverToldAsNotStoredThoughItCannotBeAnnounced() throws Exception {
        var broken =
                new Interest(
                        Lines.patterns("logs:a:*"),
                        channel -> {
                            throw new IllegalStateException("a rule that always fails");
                        },
                        10);
        try (var reader = broker.subscribe(Lines.patterns("logs:b:*"), new Start.At(0));
                var _ = broker.subscribe(broken, new Start.At(0))) {
            Cursor cursor =
                    broker.publish(
                            List.of(Lines.line("logs:b:c", "1"), Lines.line("logs:a:b", "2")));

            assertThat(cursor).isEqualTo(new Cursor(log.epoch(), 2));
            assertThat(log.newest()).isEqualTo(2);
            assertThat(broker.failure()).isEmpty();
            assertThat(Lines.positions(reader, 1)).containsExactly(1L);
        }
        broker.publish(Lines.lines("logs:a:b", "3"));
        try (var late = broker.subscribe(Lines.patterns("logs:*"), new Start.At(0))) {
            assertThat(Lines.positions(late, 3)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void refusesPublishersWhenTooMuchWaitsAndTakesThemAgainLater() throws Exception {
        var gate = new CountDownLatch(1);
        log.gate = gate;
        try (var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = publishers.submit(() -> broker.publish(Lines.lines("logs:a:b", "held")));
            await().until(() -> log.appends == 1);
            var waits = publishers.submit(() -> broker.publish(Lines.lines("logs:a:b", "waits")));
            await().until(() -> broker.backlog() == 1);

            assertThatThrownBy(() -> broker.publish(Lines.lines("logs:a:b", "x".repeat(1_000))))
                    .isInstanceOf(BrokerException.class)
                    .hasMessage(
                            "The gateway is busy: 1 entries wait to be stored. Send again later.");
            gate.countDown();

            assertThat(held.get().position()).isEqualTo(1);
            assertThat(waits.get().position()).isEqualTo(2);
        }
        assertThat(broker.publish(Lines.lines("logs:a:b", "fine")).position()).isEqualTo(3);
    }

    @Test
    void storesWhatWaitsBeforeItCloses() throws Exception {
        var gate = new CountDownLatch(1);
        log.gate = gate;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Cursor> first =
                    threads.submit(() -> broker.publish(Lines.lines("logs:a:b", "1")));
            await().until(() -> log.appends == 1);
            Future<Cursor> second =
                    threads.submit(() -> broker.publish(Lines.lines("logs:a:b", "2")));
            await().until(() -> broker.backlog() == 1);
            var _ = threads.submit(broker::close);
            gate.countDown();

            assertThat(first.get().position()).isEqualTo(1);
            assertThat(second.get().position()).isEqualTo(2);
        }
        assertThatThrownBy(() -> broker.publish(Lines.lines("logs:a:b", "late")))
                .hasMessageContaining("The gateway is stopping");
    }

    @Test
    void groupsWhatWaitsIntoFewAppends() throws Exception {
        try (Broker roomy = broker(BrokerOptions.DEFAULT)) {
            var gate = new CountDownLatch(1);
            log.gate = gate;
            try (var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
                var _ = publishers.submit(() -> roomy.publish(Lines.lines("logs:a:b", "held")));
                await().until(() -> log.appends == 1);
                for (int i = 0; i < 200; i++) {
                    var _ = publishers.submit(() -> roomy.publish(Lines.lines("logs:a:b", "x")));
                }
                await().until(() -> roomy.backlog() == 200);
                gate.countDown();
            }
            assertThat(log.newest()).isEqualTo(201);
            assertThat(log.appends).isEqualTo(2);
        }
    }
}
