package io.tailrace.server.broker;

import io.tailrace.model.Channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The channels of a subscription that begin later than the others. On the reading thread. */
final class Joins {

    private final TreeMap<Long, List<Channel>> later = new TreeMap<>();

    /** These begin behind that position. */
    void add(long position, Collection<Channel> channels) {
        later.computeIfAbsent(position, _ -> new ArrayList<>()).addAll(channels);
    }

    /** Takes over those of another subscription that begin behind that position. */
    void addBehind(long position, Joins others) {
        others.later.tailMap(position, false).forEach(this::add);
    }

    /** Others are not wanted any more. */
    void retain(Set<Channel> wanted) {
        later.values().forEach(channels -> channels.retainAll(wanted));
    }

    /** What begins up to there has begun; whether anything did. */
    boolean passed(long position) {
        var begun = later.headMap(position, true);
        boolean some = !begun.isEmpty();
        begun.clear();
        return some;
    }

    boolean isEmpty() {
        return later.isEmpty();
    }

    /** Where the next of them begin; only when there are some. */
    long next() {
        return later.firstKey();
    }

    /** Those of all that have begun. */
    Set<Channel> begun(Collection<Channel> all) {
        Set<Channel> begun = new HashSet<>(all);
        later.values().forEach(begun::removeAll);
        return begun;
    }
}
