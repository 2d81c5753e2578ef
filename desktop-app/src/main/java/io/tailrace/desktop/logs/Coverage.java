package io.tailrace.desktop.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tailrace.model.Channel;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * From where to where the console has received every entry of a channel: of each channel some
 * ranges of positions, apart from each other. One thread.
 */
final class Coverage {

    /** The upper end of what goes on. */
    static final long LIVE = Long.MAX_VALUE;

    private final Map<Channel, TreeMap<Long, Long>> ranges = new TreeMap<>();

    // Of each channel that goes on, the greatest position that came.
    private final Map<Channel, Latest> going = new HashMap<>();

    private static final class Latest {
        private long position;
    }

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

    /** From here on everything comes by itself; later positions begin nothing new. */
    void live(Channel channel, long position) {
        Latest latest = going.get(channel);
        if (latest == null) {
            latest = new Latest();
            going.put(channel, latest);
            add(channel, position, LIVE);
        }
        latest.position = Math.max(latest.position, position);
    }

    /** Only these channels go on; the others end with what came last. */
    void carried(Predicate<Channel> goesOn) {
        going.entrySet()
                .removeIf(one -> {
                    boolean over = !goesOn.test(one.getKey());
                    if (over) {
                        end(ranges.get(one.getKey()), one.getValue().position);
                    }
                    return over;
                });
        ranges.values().removeIf(Map::isEmpty);
    }

    /** What comes next of a channel does not follow on what came up to a position. */
    void cut(Channel channel, long position) {
        if (going.remove(channel) != null) {
            end(ranges.get(channel), position);
            ranges.values().removeIf(Map::isEmpty);
        }
    }

    /** Nothing is there: the log is another one. */
    void clear() {
        ranges.clear();
        going.clear();
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

    /** Where the range ends that a position is in; the position before it when it is in none. */
    long end(Channel channel, long position) {
        TreeMap<Long, Long> its = ranges.get(channel);
        Map.Entry<Long, Long> range = its == null ? null : its.floorEntry(position);
        return range != null && range.getValue() >= position ? range.getValue() : position - 1;
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
        ranges.values().forEach(its -> end(its, position));
        ranges.values().removeIf(Map::isEmpty);
        going.clear();
    }

    private static void end(@Nullable NavigableMap<Long, Long> its, long position) {
        if (its != null && its.lastEntry().getValue() == LIVE) {
            long from = its.lastKey();
            its.remove(from);
            if (from <= position) {
                its.put(from, position);
            }
        }
    }

    /** Lines up to a position are no longer held, of whatever channel. */
    void forget(long position) {
        for (Map.Entry<Channel, TreeMap<Long, Long>> one : ranges.entrySet()) {
            TreeMap<Long, Long> its = one.getValue();
            Map.Entry<Long, Long> last = its.floorEntry(position);
            its.headMap(position, true).clear();
            if (last != null && last.getValue() > position) {
                its.put(position + 1, last.getValue());
            }
        }
        ranges.values().removeIf(Map::isEmpty);
    }

    /** Nothing behind a position is there, of whatever channel. */
    void forgetBehind(long position) {
        for (TreeMap<Long, Long> its : ranges.values()) {
            its.tailMap(position, false).clear();
            Map.Entry<Long, Long> last = its.lastEntry();
            if (last != null && last.getValue() > position) {
                its.put(last.getKey(), position);
            }
        }
        ranges.values().removeIf(Map::isEmpty);
        going.clear();
    }

    /** As JSON: for each channel its ranges, one after the other. */
    ObjectNode tree() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ranges.forEach((channel, its) -> {
            ArrayNode list = root.putArray(channel.name());
            its.forEach((from, to) -> list.add(from).add(to));
        });
        return root;
    }

    /**
     * Takes what {@link #tree} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    void restore(JsonNode root) {
        root.properties()
                .forEach(one -> {
                    Channel channel = new Channel(one.getKey());
                    for (int i = 0; i + 1 < one.getValue().size(); i += 2) {
                        add(
                                channel,
                                one.getValue().get(i).asLong(),
                                one.getValue().get(i + 1).asLong());
                    }
                });
    }
}
