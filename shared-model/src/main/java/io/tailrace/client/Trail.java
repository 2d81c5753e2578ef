package io.tailrace.client;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Marks of entries that were received: all of the newest, ever fewer of older ones. By them a
 * gateway sees whether its log is still the same, and if not, since when. Confined to its owner's
 * thread.
 */
public final class Trail {

    private static final int DENSE = 8;
    private static final int STEP = 4; // each level has one of so many of the level below
    private static final int LEVELS = 10;
    private static final int EACH = 4;

    private final Deque<Entry> newest = new ArrayDeque<>();
    private final List<Deque<Seen>> levels = new ArrayList<>();
    private final List<Seen> earlier = new ArrayList<>();
    private @Nullable String epoch;
    private long last = -1;
    private long count;

    /** Of a connection that has received nothing. */
    public Trail() {
        for (int i = 0; i < LEVELS; i++) {
            levels.add(new ArrayDeque<>());
        }
    }

    /** Of one that goes on behind an earlier one. */
    Trail(List<Seen> marks, @Nullable Cursor after) {
        this();
        if (after != null) {
            earlier.addAll(marks);
            epoch = after.epoch();
            last = marks.stream().mapToLong(Seen::position).max().orElse(-1);
        }
    }

    /** Takes an entry; one that lies before others says nothing new. */
    public void add(Entry entry) {
        Cursor here = entry.cursor();
        if (!here.epoch().equals(epoch)) {
            clear();
            epoch = here.epoch();
        }
        if (here.position() <= last) {
            return;
        }
        last = here.position();
        keep(newest, entry, DENSE);
        count++;
        long share = STEP;
        for (int i = 0; i < LEVELS && count % share == 0; i++) {
            keep(levels.get(i), Seen.of(entry), EACH);
            share *= STEP;
        }
    }

    private static <T> void keep(Deque<T> some, T one, int most) {
        some.addLast(one);
        if (some.size() > most) {
            some.removeFirst();
        }
    }

    private void clear() {
        newest.clear();
        levels.forEach(Deque::clear);
        earlier.clear();
        last = -1;
    }

    /** The log has other entries behind that place now, or will have. */
    public void forgetAfter(Cursor place) {
        if (place.epoch().equals(epoch)) {
            long limit = place.position();
            newest.removeIf(entry -> entry.cursor().position() > limit);
            levels.forEach(level -> level.removeIf(seen -> seen.position() > limit));
            earlier.removeIf(seen -> seen.position() > limit);
            last = Math.min(last, limit);
        }
    }

    /** The marks up to a cursor, newest first; none when they are of another life of the log. */
    public List<Seen> upTo(@Nullable Cursor cursor) {
        if (cursor == null || !cursor.epoch().equals(epoch)) {
            return List.of();
        }
        List<Seen> all = new ArrayList<>(earlier);
        newest.forEach(entry -> all.add(Seen.of(entry)));
        levels.forEach(all::addAll);
        return all.stream()
                .filter(seen -> seen.position() <= cursor.position())
                .distinct()
                .sorted(Comparator.comparingLong(Seen::position).reversed())
                .limit(Seen.MOST)
                .toList();
    }
}
