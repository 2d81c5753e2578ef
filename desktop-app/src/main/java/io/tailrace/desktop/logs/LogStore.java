package io.tailrace.desktop.logs;

import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Every line the console holds, in the order of their cursors, under numbers that never change.
 *
 * <p>One thread writes (the FX thread). Any thread may take {@link #stretches} and read them while
 * it retains their bodies. Full segments are packed, and written to mapped files where there is a
 * folder for them, by {@link SegmentKeeper}. When a budget is used up the oldest lines leave.
 */
final class LogStore implements AutoCloseable {

    private final LineKey keys = new LineKey();
    private final LineTwins twins;
    private final SegmentKeeper keeper;
    private final StoreRoom room;

    private final LineRow row = new LineRow();

    // The writer's.
    private final List<NewLine> strays = new ArrayList<>();
    private volatile long published = -1; // the newest number, for other threads
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
        this.keeper = keeper;
        this.twins = new LineTwins(this, keys);
        this.room = new StoreRoom(limits, keeper, row);
        List<LogSegment> kept = keeper.restore(keys);
        for (LogSegment segment : kept) {
            List<KeyRange> _ = insert(segment);
        }
        keys.replay();
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
        if (twins.held(line)) {
            return;
        }
        if (line.key() > newest()) {
            append(line);
        } else {
            strays.add(line);
        }
    }

    /** Adds a notice behind a line; the same one only once. */
    void addNotice(long behind, byte[] text, LineContext context, long time) {
        twins.addNotice(behind, text, context, time);
    }

    /** What has a number, held or waiting; null when nothing has. */
    @Nullable NewLine at(long key) {
        LinePlace place = place(key);
        return place != null
                ? new NewLine(key, place.content(), place.context(), place.time())
                : strays.stream().filter(line -> line.key() == key).findFirst().orElse(null);
    }

    private void append(NewLine line) {
        LogSegment last = open;
        if (last == null || !last.fits(line.content().length, line.context())) {
            last = next(line.content().length);
        }
        last.add(line.content(), line.context(), line.time(), line.key());
        row.grew();
        published = line.key();
    }

    private LogSegment next(int length) {
        keeper.collect(this);
        seal();
        LogSegment fresh = room.segment(length);
        row.grow(fresh);
        open = fresh;
        return fresh;
    }

    /** The segment that grows may have been the oldest. */
    private void forgetOpen() {
        if (open != null && open.unused()) {
            open = null;
        }
    }

    /** The segment that grows is full; its last stretch has an end from now on. */
    private void seal() {
        LogSegment full = open;
        if (full == null) {
            return;
        }
        open = null;
        full.fill();
        row.close(full);
        keeper.pack(full);
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
        Splice.Result result = row.insert(segment);
        if (result.added().isEmpty()) {
            segment.discard(); // others have its lines: the next start need not read it either
            return List.of();
        }
        published = Math.max(published, newest());
        if (segment.growing()) {
            keeper.pack(segment);
        }
        room.make(0);
        forgetOpen();
        keeper.tidy(row.all());
        return result.added();
    }

    /**
     * One segment takes the place of neighbouring stretches with the same lines, if still there.
     */
    void tidied(List<Stretch> pieces, LogSegment whole) {
        if (!row.join(pieces, whole)) {
            whole.leave();
            keeper.tidy(row.all());
            return;
        }
        if (whole.growing()) {
            keeper.pack(whole);
        }
        keeper.tidy(row.all());
    }

    /** How many lines are held. */
    long held() {
        return row.held();
    }

    /** How many lines left because a budget was used up. */
    long gone() {
        return row.gone();
    }

    /** The number of the oldest line; {@link Long#MAX_VALUE} while there is none. */
    long oldest() {
        return row.oldest();
    }

    /** The number of the newest line; -1 while there is none. */
    long newest() {
        return row.newest();
    }

    /** The number of the newest line that there ever was; any thread. */
    long published() {
        return published;
    }

    /** Whether there is room for lines that are older than those held. */
    boolean roomy() {
        return room.left();
    }

    /** All lines, ascending; any thread. The last stretch may go on growing. */
    List<Stretch> stretches() {
        return List.of(row.all());
    }

    /** Whether a line is held. */
    boolean holds(long line) {
        return place(line) != null;
    }

    /** Where a line is; null when it is not held. */
    @Nullable LinePlace place(long line) {
        return row.place(line);
    }

    /** Where a line is that must be held. */
    LinePlace held(long line) {
        LinePlace place = place(line);
        if (place == null) {
            throw new IllegalArgumentException("Line " + line + " is not held.");
        }
        return place;
    }

    /** The row as it is; the writer only. */
    Stretch[] row() {
        return row.all();
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
        OptionalLong known = keys.known(cursor);
        if (known.isEmpty()) {
            return known;
        }
        long line = known.getAsLong();
        long key = line;
        while (key >= 0 && !holds(key)) { // an older life has what both copies of a log have
            key = keys.before(line, key);
        }
        return key < 0 ? OptionalLong.empty() : OptionalLong.of(key);
    }

    /** The wanted line whose position is nearest to a cursor's. */
    OptionalLong near(Cursor cursor, Predicate<LineContext> wanted) {
        OptionalLong there = keys.known(cursor);
        return there.isEmpty() ? there : LineSeek.near(this, there.getAsLong(), wanted);
    }

    /** The nearest line beyond another whose context is wanted. */
    OptionalLong seek(long from, boolean forward, Predicate<LineContext> wanted) {
        return LineSeek.next(row.all(), from, forward, wanted);
    }

    /** Bytes of heap that the index takes. */
    long heap() {
        return row.segments().stream().mapToLong(LogSegment::heap).sum();
    }

    /** Looks after full segments. */
    SegmentKeeper keeper() {
        return keeper;
    }

    /** Why lines are kept in memory only, in a sentence; empty when they need not be. */
    String problem() {
        return keeper.problem();
    }

    /**
     * Takes up what waits; afterwards the store is empty and of no further use. Files stay.
     *
     * @return what is still to be done, on any thread, for as long as the disk takes: writes what
     *     is not written yet and gives all memory back
     */
    SegmentKeeper.Ending leave() {
        List<KeyRange> _ = settle();
        open = null;
        return keeper.end(this, row.clear());
    }

    /** Leaves and waits. */
    @Override
    public void close() {
        leave().run(() -> {});
    }
}
