package io.tailrace.server.broker;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.eventlog.NewEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** One publisher's events on their way to the log, and the outcome that it waits for. */
final class Pending {

    final List<Encoded> events;
    final List<NewEntry> entries;
    final long bytes;
    final @Nullable String key;
    final Map<String, byte[]> notes;
    final Function<Cursor, byte[]> answer;

    private final CountDownLatch done = new CountDownLatch(1);
    // Written by the writer before the latch opens, read by the publisher after it.
    private @Nullable Outcome outcome;

    /** How it ended. */
    private record Outcome(byte[] answer, @Nullable BrokerException failure) {}

    Pending(
            List<Encoded> events,
            long now,
            @Nullable String key,
            Map<String, byte[]> notes,
            Function<Cursor, byte[]> answer) {
        this.events = events;
        this.entries = new ArrayList<>(events.size());
        long size = 0;
        for (Encoded each : events) {
            Event.Published event = each.event();
            entries.add(new NewEntry(event.channel(), event.kind(), now, each.json()));
            size += each.json().length;
        }
        this.bytes = size;
        this.key = key;
        this.notes = notes;
        this.answer = answer;
    }

    void complete(byte[] result) {
        end(new Outcome(result, null));
    }

    void fail(BrokerException failure) {
        end(new Outcome(new byte[0], failure));
    }

    /** The first outcome counts. */
    private void end(Outcome ended) {
        if (outcome == null) {
            outcome = ended;
            done.countDown();
        }
    }

    /**
     * Waits for the outcome. An interrupt does not end the waiting: the events may be durable a
     * moment later, and saying otherwise would be a lie.
     */
    byte[] await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        Outcome ended = outcome;
        if (ended == null) {
            throw new IllegalStateException("The broker ended a call without an outcome.");
        }
        if (ended.failure() != null) {
            throw new BrokerException(
                    String.valueOf(ended.failure().getMessage()), ended.failure());
        }
        return ended.answer();
    }
}
