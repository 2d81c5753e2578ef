package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Finds the lines of a stretch that pass a filter with all of its texts, and a query. The query, or
 * else the first text, leads: only lines that it finds are looked at further. One thread.
 */
final class LineTest {

    private final LineScan scan;
    private final @Nullable LineMatcher leader;
    private final List<LineCheck> checks = new ArrayList<>();
    private final BooleanSupplier stop;
    private long[] hits = new long[256];
    private int count;

    LineTest(LineFilter filter, FindQuery query, BooleanSupplier stop) {
        this.scan = new LineScan(filter);
        this.stop = stop;
        LineMatcher first = query.isEmpty() ? null : LineMatcher.of(query, stop);
        for (TextCondition condition : filter.texts()) {
            boolean leads = first == null && condition.field() == null && !condition.without();
            if (leads) {
                first = LineMatcher.of(condition.query(), stop);
            } else {
                checks.add(LineCheck.of(condition, stop));
            }
        }
        leader = first;
    }

    /**
     * The numbers of the lines that pass, ascending.
     *
     * @param from the index of the first line to look at
     * @throws CancellationException when it was told to stop
     */
    long[] find(LogSegment segment, SegmentBody body, int from, int to) {
        count = 0;
        SearchChunk chunk = new SearchChunk(segment, body, to);
        ColumnWindow keys = new ColumnWindow(body.keys(), to);
        int next = from;
        while (next < to) {
            if (stop.getAsBoolean()) {
                throw new CancellationException();
            }
            chunk.read(next, to);
            if (leader == null) {
                for (int line = chunk.from(); line < chunk.to(); line++) {
                    check(segment, body, keys, chunk, line);
                }
            } else {
                leader.scan(chunk, line -> check(segment, body, keys, chunk, line));
            }
            next = chunk.to();
        }
        return Arrays.copyOf(hits, count);
    }

    private void check(
            LogSegment segment, SegmentBody body, ColumnWindow keys, SearchChunk chunk, int line) {
        if (!scan.accepts(segment, chunk.id(line), body, line)) {
            return;
        }
        for (LineCheck check : checks) {
            if (!check.accepts(chunk, line)) {
                return;
            }
        }
        if (count == hits.length) {
            hits = Arrays.copyOf(hits, count * 2);
        }
        hits[count++] = keys.value(line);
    }
}
