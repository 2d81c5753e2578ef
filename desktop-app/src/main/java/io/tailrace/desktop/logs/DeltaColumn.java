package io.tailrace.desktop.logs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A growing column of longs that lie close together, 4 bytes each: the distance from the first one.
 * The few that lie too far are kept whole beside it.
 *
 * <p>One writer; other threads may read what was added before the store published its size.
 */
final class DeltaColumn implements Column {

    private static final int FAR = Integer.MIN_VALUE;

    private final Map<Integer, Long> far = new ConcurrentHashMap<>();
    private final IntColumn deltas = new IntColumn();
    private long base;
    private int size;

    void add(long value) {
        if (size == 0) {
            base = value;
        }
        long delta = value - base;
        boolean near = delta > FAR && delta <= Integer.MAX_VALUE;
        if (!near) {
            far.put(size, value);
        }
        deltas.add(near ? (int) delta : FAR);
        size++;
    }

    @Override
    public long value(int index) {
        int delta = deltas.get(index);
        return delta == FAR ? far.getOrDefault(index, base) : base + delta;
    }

    @Override
    public long heap() {
        return deltas.heap() + 80L * far.size();
    }
}
