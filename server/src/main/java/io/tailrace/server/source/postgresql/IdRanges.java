package io.tailrace.server.source.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of ids, most of which follow one another. Confined to one thread. */
final class IdRanges {

    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    /**
     * Ids without a hole.
     *
     * @param low the first
     * @param high the last
     * @param newest the newest transaction that wrote one of them
     */
    record Range(long low, long high, long newest) {}

    void add(long id, long transaction) {
        Map.Entry<Long, Range> floor = ranges.floorEntry(id);
        Range before = floor == null ? null : floor.getValue();
        if (before != null && before.high() >= id) {
            put(before.low(), before.high(), Math.max(before.newest(), transaction));
            return;
        }
        long low = id;
        long high = id;
        long newest = transaction;
        if (before != null && before.high() == id - 1) {
            low = before.low();
            newest = Math.max(newest, before.newest());
        }
        Range after = ranges.remove(id + 1);
        if (after != null) {
            high = after.high();
            newest = Math.max(newest, after.newest());
        }
        put(low, high, newest);
    }

    void put(long low, long high, long newest) {
        ranges.put(low, new Range(low, high, newest));
    }

    /** Forgets ids up to one, and ranges that only older transactions wrote. */
    void forget(long upTo, long transaction) {
        ranges.values().removeIf(range -> range.high() <= upTo || range.newest() < transaction);
        Map.Entry<Long, Range> first = ranges.firstEntry();
        if (first != null && first.getKey() <= upTo) {
            Range range = first.getValue();
            ranges.remove(range.low());
            put(upTo + 1, range.high(), range.newest());
        }
    }

    void clear() {
        ranges.clear();
    }

    int size() {
        return ranges.size();
    }

    List<Range> list() {
        return List.copyOf(ranges.values());
    }

    /** What lies behind an id and is not in the set; the last range has no end. */
    List<Range> holesBehind(long id) {
        List<Range> holes = new ArrayList<>();
        long low = id + 1;
        Map.Entry<Long, Range> floor = ranges.floorEntry(low);
        for (Range range : ranges.tailMap(floor == null ? low : floor.getKey()).values()) {
            if (range.low() > low) {
                holes.add(new Range(low, range.low() - 1, 0));
            }
            low = Math.max(low, range.high() + 1);
        }
        holes.add(new Range(low, Long.MAX_VALUE, 0));
        return holes;
    }
}
