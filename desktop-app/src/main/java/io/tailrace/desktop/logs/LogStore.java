package io.tailrace.desktop.logs;

import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every line the console holds, in the order of their cursors, under numbers that never change.
 *
 * <p>One thread writes (the FX thread). Any thread may take {@link #stretches} and read them while
 * it retains their bodies. Full segments are packed, and written to mapped files where there is a
 * folder for them, by {@link SegmentKeeper}. When a budget is used up the oldest lines leave.
 */
final class LogStore implements AutoCloseable {

    private static final Stretch[] NONE = {};

    private final StoreLimits limits;
    private final LineKey keys = new LineKey();
    private final SegmentKeeper keeper;

    // Replaced by the writer; readers take it once.
    private volatile Stretch[] row = NONE;

    // The writer's.
    private final List<NewLine> strays = new ArrayList<>();
    private volatile long published = -1; // the newest number, for other threads
    private long held;
    private long gone;
    private long memory; // the most to hold in memory
    private @Nullable LogSegment open;

    /** A store in memory, with the limits of a first start. */
    LogStore() {
        this(StoreLimits.DEFAULT, SegmentKeeper.inMemory(StoreLimits.DEFAULT));
    }

    /**
     * A store in memory with limits of its own.
     *
     * @param memory the most bytes to hold
     * @param segmentBytes how much is taken, and given back, at a time
     */
    LogStore(long memory, int segmentBytes) {
        StoreLimits of = new StoreLimits(memory, 0, segmentBytes);
        this(of, SegmentKeeper.inMemory(of));
    }

    /** A store whose full segments a keeper takes care of. */
    LogStore(StoreLimits limits, SegmentKeeper keeper) {
        this.limits = limits;
        this.keeper = keeper;
        this.memory = limits.memory();
        List<LogSegment> kept = keeper.restore(keys);
        for (LogSegment segment : kept) {
            List<KeyRange> _ = insert(segment);
        }
    }

    /** The numbers of lines. */
    LineKey keys() {
        return keys;
    }

    /**
     * Adds a line. One that comes behind the newest is there at once; others wait for {@link
     * #settle}. A line that is held already is not added again.
     */
    void add(NewLine line) {
        if (line.key() > newest()) {
            append(line);
        } else {
            strays.add(line);
        }
    }

    /** Adds a notice behind a line, and behind other notices there. */
    void addNotice(long behind, byte[] text, LineContext context, long time) {
        long key = behind + 1;
        while (taken(key) && key < behind + LineKey.NOTICES) {
            key++;
        }
        add(new NewLine(key, text, context, time));
    }

    private boolean taken(long key) {
        return holds(key) || strays.stream().anyMatch(line -> line.key() == key);
    }

    private void append(NewLine line) {
        LogSegment last = open;
        if (last == null || !last.fits(line.content().length, line.context())) {
            last = next(line.content().length);
        }
        last.add(line.content(), line.context(), line.time(), line.key());
        held++;
        published = line.key();
    }

    private LogSegment next(int length) {
        keeper.collect(this);
        seal();
        int capacity =
                (int) Math.min(Integer.MAX_VALUE - 16, Math.max(limits.segment(), length + 1L));
        makeRoom(capacity);
        LogSegment fresh = allocate(capacity);
        fresh.piece(1);
        Stretch[] old = row;
        Stretch[] all = Arrays.copyOf(old, old.length + 1);
        all[old.length] = new Stretch(fresh, 0, -1);
        row = IntColumn.filled(all);
        open = fresh;
        return fresh;
    }

    /** The segment that grows is full; its last stretch has an end from now on. */
    private void seal() {
        LogSegment full = open;
        if (full == null) {
            return;
        }
        open = null;
        full.fill();
        Stretch[] all = row.clone();
        Stretch last = all[all.length - 1];
        all[all.length - 1] = new Stretch(full, last.from(), full.lines());
        row = IntColumn.filled(all);
        keeper.pack(full);
    }

    /**
     * When there is no memory left, older lines make room for newer ones; the budget shrinks to
     * what there was, because being refused takes long.
     */
    private LogSegment allocate(int capacity) {
        while (true) {
            try {
                return new LogSegment(capacity);
            } catch (OutOfMemoryError e) {
                if (row.length == 0) {
                    throw e;
                }
                memory = Math.min(memory, memoryUsed());
                dropOldest();
            }
        }
    }

    private void makeRoom(long more) {
        long patience = keeper.writing() ? memory : 0; // files are on their way
        while (row.length > 0
                && (memoryUsed() + more > memory + patience
                        || (limits.disk() > 0 && diskUsed() > limits.disk()))) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Stretch[] all = row;
        Stretch oldest = all[0];
        held -= oldest.count();
        gone += oldest.count();
        if (oldest.segment() == open) {
            open = null;
        }
        row = Arrays.copyOfRange(all, 1, all.length);
        oldest.segment().piece(-1);
    }

    /**
     * Takes up what is not behind the newest line, and what the keeper got done.
     *
     * @return the lines that are new among the others, ascending
     */
    List<KeyRange> settle() {
        keeper.collect(this);
        if (strays.isEmpty()) {
            return List.of();
        }
        LogSegment segment = LineIntake.segment(strays);
        strays.clear();
        return insert(segment);
    }

    /**
     * Puts the lines of a segment that nobody adds to among the others.
     *
     * @return the lines that are new, ascending
     */
    List<KeyRange> insert(LogSegment segment) {
        segment.fill();
        if (segment.lastKey() > newest()) {
            seal(); // what is added from now on comes behind these lines
        }
        Splice.Result result = Splice.of(row, segment);
        if (result.added().isEmpty()) {
            segment.leave();
            return List.of();
        }
        held += result.count();
        replace(result.row());
        published = Math.max(published, newest());
        if (segment.growing()) {
            keeper.pack(segment);
        }
        makeRoom(0);
        keeper.tidy(row);
        return result.added();
    }

    /** Exchanges the row and counts for each segment how many stretches show it. */
    private void replace(Stretch[] wanted) {
        Stretch[] old = row;
        for (Stretch stretch : wanted) {
            stretch.segment().piece(1);
        }
        row = IntColumn.filled(wanted);
        for (Stretch stretch : old) {
            stretch.segment().piece(-1);
        }
    }

    /**
     * One segment takes the place of neighbouring stretches with the same lines, if still there.
     */
    void tidied(List<Stretch> pieces, LogSegment whole) {
        List<Stretch> all = Arrays.asList(row);
        int at = Collections.indexOfSubList(all, pieces);
        if (at < 0) {
            whole.leave();
            keeper.tidy(row);
            return;
        }
        List<Stretch> wanted = new ArrayList<>(all.subList(0, at));
        wanted.add(new Stretch(whole, 0, whole.lines()));
        wanted.addAll(all.subList(at + pieces.size(), all.size()));
        replace(wanted.toArray(Stretch[]::new));
        if (whole.growing()) {
            keeper.pack(whole);
        }
        keeper.tidy(row);
    }

    /** How many lines are held. */
    long held() {
        return held;
    }

    /** How many lines left because a budget was used up. */
    long gone() {
        return gone;
    }

    /** The number of the oldest line; {@link Long#MAX_VALUE} while there is none. */
    long oldest() {
        Stretch[] all = row;
        return held == 0 ? Long.MAX_VALUE : all[0].first();
    }

    /** The number of the newest line; -1 while there is none. */
    long newest() {
        Stretch[] all = row;
        return held == 0 ? -1 : all[all.length - 1].last();
    }

    /** The number of the newest line that there ever was; any thread. */
    long published() {
        return published;
    }

    /** Whether there is room for lines that are older than those held. */
    boolean roomy() {
        long used = limits.disk() > 0 ? diskUsed() : memoryUsed();
        return used < (limits.disk() > 0 ? limits.disk() : memory) * 9 / 10;
    }

    /** All lines, ascending; any thread. The last stretch may go on growing. */
    List<Stretch> stretches() {
        return List.of(row);
    }

    /** Whether a line is held. */
    boolean holds(long line) {
        return place(line) != null;
    }

    /** Where a line is; null when it is not held. */
    @Nullable LinePlace place(long line) {
        Stretch[] all = row;
        if (held == 0 || line < all[0].first()) {
            return null;
        }
        Stretch stretch = all[stretchAt(all, line)];
        int index = stretch.lowerBound(line);
        boolean there = index < stretch.to() && stretch.segment().key(index) == line;
        return there ? new LinePlace(stretch.segment(), index) : null;
    }

    /** Where a line is that must be held. */
    LinePlace held(long line) {
        LinePlace place = place(line);
        if (place == null) {
            throw new IllegalArgumentException("Line " + line + " is not held.");
        }
        return place;
    }

    /** The index of the stretch that has a line or would have it. */
    static int stretchAt(Stretch[] all, long line) {
        int low = 0;
        int high = all.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all[middle].first() <= line) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The row as it is; the writer only. */
    Stretch[] row() {
        return row;
    }

    /** The context of a line that is held. */
    LineContext context(long line) {
        return held(line).context();
    }

    /** When a line that is held happened, in milliseconds of the epoch. */
    long time(long line) {
        return held(line).time();
    }

    /** The cursor of a line. */
    Cursor cursor(long line) {
        return keys.cursor(line);
    }

    /** The line that was published under a cursor. */
    OptionalLong find(Cursor cursor) {
        OptionalLong line = keys.known(cursor);
        return line.isPresent() && holds(line.getAsLong()) ? line : OptionalLong.empty();
    }

    /** The wanted line whose position is nearest to a cursor's. */
    OptionalLong near(Cursor cursor, Predicate<LineContext> wanted) {
        return LineSeek.near(this, keys.of(cursor), wanted);
    }

    /** The nearest line beyond another whose context is wanted. */
    OptionalLong seek(long from, boolean forward, Predicate<LineContext> wanted) {
        return LineSeek.next(row, from, forward, wanted);
    }

    /** Bytes of heap that the index takes. */
    long heap() {
        return segments().stream().mapToLong(LogSegment::heap).sum();
    }

    private long memoryUsed() {
        return segments().stream().mapToLong(LogSegment::memory).sum();
    }

    private long diskUsed() {
        return segments().stream().mapToLong(LogSegment::disk).sum();
    }

    private Set<LogSegment> segments() {
        Set<LogSegment> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Stretch stretch : row) {
            all.add(stretch.segment());
        }
        return all;
    }

    /** Looks after full segments. */
    SegmentKeeper keeper() {
        return keeper;
    }

    /** Why lines are kept in memory only, in a sentence; empty when they need not be. */
    String problem() {
        return keeper.problem();
    }

    /** Gives all memory back; the store is empty and of no further use. Files stay. */
    @Override
    public void close() {
        Set<LogSegment> all = segments();
        row = NONE;
        held = 0;
        open = null;
        keeper.close(all);
    }
}
