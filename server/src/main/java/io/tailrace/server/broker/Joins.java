package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The channels of a subscription that begin later than the others. On the reading thread.
 *
 * <p>Few are read from one beginning to the next. Many would be too many reads: then a read goes
 * half the way to the last beginning, and what comes too early is dropped.
 */
final class Joins {

    private static final int FEW = 64;

    private final TreeMap<Long, List<Channel>> later = new TreeMap<>();
    private final Map<Channel, Long> begins = new HashMap<>();

    /** These begin behind that position. */
    void add(long position, Collection<Channel> channels) {
        later.computeIfAbsent(position, _ -> new ArrayList<>()).addAll(channels);
        channels.forEach(channel -> begins.put(channel, position));
    }

    /** Takes over those of another subscription that begin behind that position. */
    void addBehind(long position, Joins others) {
        others.later.tailMap(position, false).forEach(this::add);
    }

    /** Others are not wanted any more. */
    void retain(Set<Channel> wanted) {
        later.values().forEach(channels -> channels.retainAll(wanted));
        begins.keySet().retainAll(wanted);
    }

    /** A reader that stands there does not have to care for those that begin up to there. */
    void passed(long position) {
        var begun = later.headMap(position, true);
        begun.values().forEach(channels -> channels.forEach(begins::remove));
        begun.clear();
    }

    boolean isEmpty() {
        return later.isEmpty();
    }

    /** Where the first of them begin; only when there are some. */
    long first() {
        return later.firstKey();
    }

    /** Up to where the next read goes from a position before the first; only when there are. */
    long end(long position) {
        long first = later.firstKey();
        return later.size() <= FEW
                ? first
                : Math.max(first, position + (later.lastKey() - position) / 2);
    }

    /** Those of all that begin before that position. */
    Set<Channel> begun(long end, Collection<Channel> all) {
        Set<Channel> begun = new HashSet<>(all);
        later.tailMap(end, true).values().forEach(channels -> channels.forEach(begun::remove));
        return begun;
    }

    /** Where a channel begins for a reader at that position. */
    long begin(Channel channel, long position) {
        return Math.max(position, begins.getOrDefault(channel, position));
    }

    /** What is left without entries that lie before the beginning of their channel. */
    Batch without(Batch read) {
        List<Frame> wanted = new ArrayList<>(read.frames().size());
        int bytes = 0;
        for (Frame frame : read.frames()) {
            if (begin(frame.channel(), 0) < frame.position()) {
                wanted.add(frame);
                bytes += frame.bytes().length;
            }
        }
        return new Batch(wanted, read.missing(), read.position(), bytes);
    }
}
