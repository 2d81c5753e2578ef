package io.tailrace.desktop.logs;

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

    @Override
    public int compareTo(NewLine other) {
        return Long.compare(key, other.key);
    }
}
