package io.tailrace.server.deadletter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Who holds how much of the room for letters. When it is full, whoever holds most gives way to the
 * others: of his letters, those to the address that most of them were sent to, the oldest first. So
 * nobody pushes out the letters of somebody who has fewer. Called by one thread at a time.
 */
final class Shares {

    private static final class Share {

        private final Map<String, NavigableMap<Long, Integer>> byTarget = new HashMap<>();
        private long count;
        private long bytes;

        long count() {
            return count;
        }

        long bytes() {
            return bytes;
        }
    }

    private record Owner(String principal, String target) {}

    private final NavigableMap<Long, Owner> owners = new TreeMap<>();
    private final Map<String, Share> shares = new HashMap<>();
    private long bytes;

    /** Notes a letter, or its new size. */
    void put(long id, DeadLetter.Source source, int size) {
        remove(id);
        var owner = new Owner(source.principal(), path(source.target()));
        owners.put(id, owner);
        Share share = shares.computeIfAbsent(owner.principal(), _ -> new Share());
        share.byTarget.computeIfAbsent(owner.target(), _ -> new TreeMap<>()).put(id, size);
        share.count++;
        share.bytes += size;
        bytes += size;
    }

    /** Forgets a letter. */
    void remove(long id) {
        Owner owner = owners.remove(id);
        Share share = owner == null ? null : shares.get(owner.principal());
        if (owner == null || share == null) {
            return;
        }
        NavigableMap<Long, Integer> letters = share.byTarget.get(owner.target());
        Integer size = letters == null ? null : letters.remove(id);
        if (size != null) {
            share.count--;
            share.bytes -= size;
            bytes -= size;
        }
        if (letters != null && letters.isEmpty()) {
            share.byTarget.remove(owner.target());
        }
        if (share.count == 0) {
            shares.remove(owner.principal());
        }
    }

    /** All letters that were noted, in order. */
    NavigableSet<Long> ids() {
        return owners.navigableKeySet();
    }

    long bytes() {
        return bytes;
    }

    /** The letter that has to go when there are too many; empty when there is none. */
    OptionalLong mostNumerous() {
        return giving(Share::count, NavigableMap::size);
    }

    /** The letter that has to go when they take too much room; empty when there is none. */
    OptionalLong largest() {
        return giving(
                Share::bytes, letters -> letters.values().stream().mapToLong(size -> size).sum());
    }

    private OptionalLong giving(
            ToLongFunction<Share> most, ToLongFunction<NavigableMap<Long, Integer>> ofThese) {
        return shares.values().stream().max(Comparator.comparingLong(most)).stream()
                .flatMap(share -> share.byTarget.values().stream())
                .max(Comparator.comparingLong(ofThese))
                .map(letters -> OptionalLong.of(letters.firstKey()))
                .orElse(OptionalLong.empty());
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
