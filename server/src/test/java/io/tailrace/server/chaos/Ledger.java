package io.tailrace.server.chaos;

import java.util.List;
import java.util.NavigableMap;
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
