package io.tailrace.desktop.logs;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Log entries for tests, and a model driven without a toolkit. */
final class Lines {

    static final Channel CHANNEL = Channel.logs("acme", "orders");
    static final Subject RUN = Subject.ofRun("acme", "orders", "r1");
    static final Instant START = Instant.parse("2026-11-21T02:17:10.100Z");

    private Lines() {}

    static Entry entry(long position, Level level, String message) {
        return entry(position, level, message, null, RUN, Map.of());
    }

    static Entry entry(
            long position,
            Level level,
            String message,
            @Nullable String error,
            Subject subject,
            Map<String, Object> fields) {
        Header header = new Header(CHANNEL, START.plusMillis(position * 1037), subject, fields);
        return new Entry(
                new Cursor("e1", position), new Event.Log(header, level, message, "sink", error));
    }

    static Event.Gap gap(long from, long to) {
        return new Event.Gap(
                Header.of(CHANNEL, START, Subject.NONE),
                "e1-" + from,
                new Cursor("e1", to),
                "retention",
                null);
    }

    static void addAll(LogsModel model, List<String> messages) {
        long position = Math.max(0, LineKey.position(Math.max(0, model.store().newest())));
        for (String message : messages) {
            model.append(entry(++position, Level.INFO, message));
        }
        settle(model);
    }

    /** Frame after frame until there is nothing left to do. */
    static void settle(LogsModel model) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        model.pulse();
        while (model.busy()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Still busy: " + model.statusProperty().get());
            }
            model.pulse();
            LockSupport.parkNanos(20_000);
        }
    }

    static List<Long> shown(LogsModel model) {
        return list(model.view().lines());
    }

    static List<Long> matches(LogsModel model) {
        return list(model.findState().matches());
    }

    /** The number of the line that was the n-th of a life that began at position 1. */
    static long at(long n) {
        return LineKey.at(0, n + 1);
    }

    static List<Long> list(LineList lines) {
        List<Long> all = new ArrayList<>();
        for (long i = lines.first(); i < lines.size(); i++) {
            all.add(LineKey.position(lines.get(i)) - 1);
        }
        return all;
    }
}
