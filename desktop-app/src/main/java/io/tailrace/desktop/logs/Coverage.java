package io.tailrace.desktop.logs;

import io.tailrace.model.Channel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * From where to where the console has received every entry of a channel: of each channel some
 * ranges of positions, apart from each other. One thread.
 */
final class Coverage {

    /** The upper end of what goes on. */
    static final long LIVE = Long.MAX_VALUE;

    private final Map<Channel, TreeMap<Long, Long>> ranges = new TreeMap<>();

    /** The same, apart. */
    Coverage copy() {
        Coverage copy = new Coverage();
        ranges.forEach((channel, its) -> copy.ranges.put(channel, new TreeMap<>(its)));
        return copy;
    }

    /** All channels of which there is anything. */
    Collection<Channel> channels() {
        return List.copyOf(ranges.keySet());
    }

    /** From here on everything comes by itself; later positions change nothing. */
    void live(Channel channel, long position) {
        NavigableMap<Long, Long> its = ranges.get(channel);
        if (its == null || its.lastEntry().getValue() != LIVE) {
            add(channel, position, LIVE);
        }
    }

    /** Everything from one position to another is there. */
    void add(Channel channel, long from, long to) {
        if (from > to) {
            return;
        }
        TreeMap<Long, Long> its = ranges.computeIfAbsent(channel, _ -> new TreeMap<>());
        long low = from;
        long high = to;
        Map.Entry<Long, Long> before = its.floorEntry(from);
        if (before != null && touches(before.getValue(), from)) {
            low = before.getKey();
        }
        Map.Entry<Long, Long> other = its.ceilingEntry(low);
        while (other != null && touches(high, other.getKey())) {
            high = Math.max(high, other.getValue());
            its.remove(other.getKey());
            other = its.ceilingEntry(low);
        }
        its.put(low, high);
    }

    private static boolean touches(long end, long begin) {
        return end == LIVE || begin <= end + 1;
    }

    /** Where the range begins that a position is in; the position behind it when it is in none. */
    long begin(Channel channel, long position) {
        TreeMap<Long, Long> its = ranges.get(channel);
        Map.Entry<Long, Long> range = its == null ? null : its.floorEntry(position);
        return range != null && range.getValue() >= position ? range.getKey() : position + 1;
    }

    /** Where the newest range begins; {@link #LIVE} when there is none. */
    long newestBegin(Channel channel) {
        TreeMap<Long, Long> its = ranges.get(channel);
        return its == null ? LIVE : its.lastKey();
    }

    /** The greatest position below one that is not there; -1 when all are. */
    long lastMissing(Channel channel, long below) {
        long at = begin(channel, below - 1);
        return Math.min(at, below) - 1 < 1 ? -1 : Math.min(at, below) - 1;
    }

    /** Nothing comes by itself any more: it ended at a position. */
    void ended(long position) {
        ranges.values()
                .forEach(its -> {
                    if (its.lastEntry().getValue() == LIVE) {
                        long from = its.lastKey();
                        its.remove(from);
                        if (from <= position) {
                            its.put(from, position);
                        }
                    }
                });
        ranges.values().removeIf(Map::isEmpty);
    }

    /** The ranges of a channel: from and to, ascending. */
    Map<Long, Long> ranges(Channel channel) {
        return Map.copyOf(ranges.getOrDefault(channel, new TreeMap<>()));
    }
}
