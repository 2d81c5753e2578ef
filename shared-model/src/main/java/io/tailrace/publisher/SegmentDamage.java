package io.tailrace.publisher;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Counts what is lost with the damaged end of a {@link Segment}: the events in it are lines. Where
 * even the begin of a batch cannot be understood, everything behind counts as its lines.
 */
final class SegmentDamage {

    private static final int FRAME = 8; // length and checksum
    private static final int LEAST = 6; // a batch without key and events
    private static final int LONGEST_KEY = 1024;

    private SegmentDamage() {}

    /** How many events lie between two places, batches that can be read or not. */
    static long events(RandomAccessFile data, long from, long to) throws IOException {
        long events = 0;
        long at = from;
        while (at < to) {
            long end = end(data, at, to);
            events += lines(data, body(data, at, end), end);
            at = end;
        }
        return events;
    }

    private static long end(RandomAccessFile data, long at, long to) throws IOException {
        if (at + FRAME > to) {
            return to;
        }
        data.seek(at);
        int length = data.readInt();
        return length < LEAST ? to : Math.min(to, at + FRAME + length);
    }

    /** Where the events of a batch begin. */
    private static long body(RandomAccessFile data, long at, long end) throws IOException {
        if (at + FRAME + LEAST > end) {
            return end;
        }
        data.seek(at + FRAME);
        int key = data.readUnsignedShort();
        return Math.min(end, at + FRAME + LEAST + (key > LONGEST_KEY ? 0 : key));
    }

    /** At least one: nobody writes a batch without an event. */
    private static long lines(RandomAccessFile data, long from, long to) throws IOException {
        long lines = 0;
        byte[] some = new byte[8192];
        byte last = 0;
        data.seek(from);
        for (long left = to - from; left > 0; ) {
            int read = data.read(some, 0, (int) Math.min(some.length, left));
            if (read < 0) {
                break;
            }
            for (int i = 0; i < read; i++) {
                lines += some[i] == '\n' ? 1 : 0;
            }
            last = some[read - 1];
            left -= read;
        }
        return last == '\n' ? lines : lines + 1;
    }
}
