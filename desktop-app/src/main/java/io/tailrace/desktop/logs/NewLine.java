package io.tailrace.desktop.logs;

import java.util.Arrays;

/**
 * A line before it is in the store.
 *
 * @param key its number
 * @param content its bytes, fields included
 * @param context what it shares with others
 * @param time when it happened, in milliseconds of the epoch
 */
record NewLine(long key, byte[] content, LineContext context, long time)
        implements Comparable<NewLine> {

    /** Whether another, under whatever number, says the same of the same moment. */
    boolean says(NewLine other) {
        return time == other.time && Arrays.equals(content, other.content);
    }

    @Override
    public int compareTo(NewLine other) {
        return Long.compare(key, other.key);
    }
}
