package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.eventlog.StoredEntry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class FanoutTest {

    private static final Channel MINE = new Channel("logs:a:mine");
    private static final Channel OTHER = new Channel("logs:a:other");

    private final MemoryEventLog log = new MemoryEventLog();
    private final Fanout fanout = new Fanout(log, 1 << 20);
    private final Subscription subscription =
            Subscription.open(fanout, Interest.in(Lines.patterns(MINE.name())), new Start.At(0));

    @AfterEach
    void close() {
        subscription.close();
        log.close();
    }

    /** The writer marks a reader first and makes the entry visible then: it may look between. */
    @Test
    void aReaderThatLooksBetweenMarkAndVisibilityMissesNothing() throws Exception {
        fanout.add(List.of(frame(OTHER, 1)));
        List<Batch> between = new ArrayList<>();
        fanout.add(
                new ArrayList<>(List.of(frame(MINE, 2))) {
                    @Override
                    public Frame getLast() {
                        between.add(look());
                        return super.getLast();
                    }
                });

        assertThat(between).allSatisfy(batch -> assertThat(batch.isEmpty()).isTrue()).hasSize(1);
        assertThat(Lines.positions(subscription, 1)).containsExactly(2L);
    }

    /** An empty answer would be a sign of life on the wire, for each event of others. */
    @Test
    void aReaderWaitsOnWhenItFindsOnlyWhatIsForOthers() throws Exception {
        fanout.add(List.of(frame(OTHER, 1)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Long>> read = threads.submit(() -> Lines.positions(subscription, 1));
            await().until(() -> subscription.position() == 1);
            fanout.add(List.of(frame(MINE, 2))).forEach(Audience::signal);

            assertThat(read.get()).containsExactly(2L);
        }
    }

    private Batch look() {
        try {
            return subscription.next(1_000, Long.MAX_VALUE, Lines.NOW);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Frame frame(Channel channel, long position) {
        return fanout.frame(new StoredEntry(channel, position, "log", 0, new byte[] {'{', '}'}));
    }
}
