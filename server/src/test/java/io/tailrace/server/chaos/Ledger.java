package io.tailrace.server.chaos;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What publishers know: every entry that was acknowledged, at the position that the reply named.
 * Publishers repeat a batch until it is acknowledged, so at the end this is all there may be.
 * Thread-safe.
 */
final class Ledger {

    /**
     * One entry.
     *
     * @param channel where it went
     * @param text what it says: no two say the same
     */
    record Line(String channel, String text) {}

    private final NavigableMap<Long, Line> lines = new ConcurrentSkipListMap<>();
    private final Map<Line, Long> sent = new ConcurrentHashMap<>();

    /** A batch is about to be sent, perhaps not for the first time. */
    void sends(List<Line> batch) {
        long now = System.nanoTime();
        batch.forEach(line -> sent.putIfAbsent(line, now));
    }

    /** Before when nobody can have had it, by {@link System#nanoTime}. */
    long sent(Line line) {
        return sent.getOrDefault(line, Long.MIN_VALUE);
    }

    /** A batch was acknowledged whose last line is at that position. */
    void acknowledged(List<Line> batch, long last) {
        long position = last - batch.size() + 1;
        for (Line line : batch) {
            Line before = lines.putIfAbsent(position, line);
            if (before != null && !before.equals(line)) {
                throw new AssertionError(
                        "Position %d was given to %s and to %s.".formatted(position, before, line));
            }
            position++;
        }
    }

    NavigableMap<Long, Line> lines() {
        return lines;
    }
}
