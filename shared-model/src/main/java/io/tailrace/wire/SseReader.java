package io.tailrace.wire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Reads server-sent events from a stream of bytes, by the parsing rules of the WHATWG standard.
 *
 * <p>Lines are found in one buffer, which always holds the current line in one piece; only the data
 * of an event is copied out. Confined to one thread; whoever opened the stream closes it.
 */
public final class SseReader {

    /** The largest event that is accepted unless told otherwise, in bytes. */
    public static final int DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    // More than the longest field name with its colon and space.
    private static final int FIELD_NAME = 8;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = ascii("data");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] ID = ascii("id");
    private static final byte[] RETRY = ascii("retry");

    private final InputStream in;
    private final int maxBytes;

    // The bytes that were read: the current line begins at lineStart and was searched up to scan.
    private byte[] buffer = new byte[BUFFER];
    private int lineStart;
    private int scan;
    private int limit;

    private boolean firstLine = true;
    private boolean afterCarriageReturn;
    // Part of the current line was thrown away because it was too long.
    private boolean lineCut;

    // The event that is being put together.
    private byte[] data = new byte[512];
    private int dataLength;
    private boolean dataSeen;
    private boolean tooLarge;
    private String type = "";
    private @Nullable String id;

    private String lastEventId = "";
    private long retry = -1;

    /** Reads with the default size limit. */
    public SseReader(InputStream in) {
        this(in, DEFAULT_MAX_BYTES);
    }

    /**
     * Reads with another size limit.
     *
     * @param maxBytes the largest event that is accepted
     */
    public SseReader(InputStream in, int maxBytes) {
        if (maxBytes < 1 || maxBytes > 1 << 30) {
            throw new IllegalArgumentException("The size limit of an event is 1 byte to 1 GiB.");
        }
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * The next event, or null at the end of the stream; an event that the end cuts off is dropped.
     *
     * @throws EventTooLargeException when the event exceeds the limit; the next call goes on after
     *     it
     * @throws IOException when the stream cannot be read
     */
    public @Nullable SseEvent next() throws IOException {
        while (findLineEnd()) {
            int from = lineStart;
            int to = scan;
            lineStart = ++scan;
            if (firstLine) {
                firstLine = false;
                from += startsWithByteOrderMark(from, to) ? 3 : 0;
            }
            if (lineCut) {
                lineCut = false;
            } else if (to > from) {
                field(from, to);
            } else {
                SseEvent event = dispatch();
                if (event != null) {
                    return event;
                }
            }
        }
        return null;
    }

    /**
     * The id to resume after: the latest one that a completed event had, whether or not that event
     * had data; empty when there is none.
     */
    public String lastEventId() {
        return lastEventId;
    }

    /** The latest {@code retry:} in milliseconds. */
    public OptionalLong retry() {
        return retry < 0 ? OptionalLong.empty() : OptionalLong.of(retry);
    }

    /** Moves scan to the line break that ends the current line; false at the end of the stream. */
    private boolean findLineEnd() throws IOException {
        while (true) {
            if (afterCarriageReturn && scan < limit) {
                afterCarriageReturn = false;
                if (buffer[scan] == '\n') {
                    lineStart = ++scan;
                }
            }
            byte[] bytes = buffer;
            int end = limit;
            int i = scan;
            while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
                i++;
            }
            scan = i;
            if (i < end) {
                afterCarriageReturn = bytes[i] == '\r';
                return true;
            }
            if (!fill()) {
                return false;
            }
        }
    }

    /** Reads more behind the current line, which moves to the front; false at the end. */
    private boolean fill() throws IOException {
        int pending = limit - lineStart;
        if (pending > (tooLarge ? BUFFER : maxBytes - dataLength + FIELD_NAME)) {
            lineCut = true;
            lineStart = limit;
            pending = 0;
            refuse();
        }
        if (pending == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, maxBytes + 2 * FIELD_NAME));
        } else if (pending == 0 && buffer.length > BUFFER) {
            buffer = new byte[BUFFER]; // a long line is rare: do not keep its memory
        } else {
            System.arraycopy(buffer, lineStart, buffer, 0, pending);
        }
        scan -= lineStart;
        lineStart = 0;
        limit = pending;
        int count = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count >= 0;
    }

    private void field(int from, int to) throws EventTooLargeException {
        switch (buffer[from]) {
            case 'd' -> {
                int value = valueOf(DATA, from, to);
                if (value >= 0) {
                    appendData(value, to);
                }
            }
            case 'e' -> {
                int value = valueOf(EVENT, from, to);
                if (value >= 0) {
                    type = text(value, to);
                }
            }
            case 'i' -> {
                int value = valueOf(ID, from, to);
                if (value >= 0 && !hasNul(value, to)) {
                    id = text(value, to);
                }
            }
            case 'r' -> {
                int value = valueOf(RETRY, from, to);
                if (value >= 0) {
                    retry(value, to);
                }
            }
            default -> {} // a comment, or a field that nobody knows
        }
    }

    /** Where the value begins if the line is that field, otherwise -1. */
    private int valueOf(byte[] name, int from, int to) {
        int end = from + name.length;
        if (end > to || !Arrays.equals(buffer, from, end, name, 0, name.length)) {
            return -1;
        }
        if (end == to) {
            return to;
        }
        if (buffer[end] != ':') {
            return -1;
        }
        return end + 1 < to && buffer[end + 1] == ' ' ? end + 2 : end + 1;
    }

    private void appendData(int from, int to) throws EventTooLargeException {
        if (tooLarge) {
            return;
        }
        long needed = (long) dataLength + (dataSeen ? 1 : 0) + (to - from);
        if (needed > maxBytes) {
            refuse();
        }
        if (needed > data.length) {
            data =
                    Arrays.copyOf(
                            data, (int) Math.min(Math.max(needed, data.length * 2L), maxBytes));
        }
        if (dataSeen) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(buffer, from, data, dataLength, to - from);
        dataLength += to - from;
        dataSeen = true;
    }

    /** Gives the event up; what follows of it is thrown away. Says so once. */
    private void refuse() throws EventTooLargeException {
        if (tooLarge) {
            return;
        }
        tooLarge = true;
        dataLength = 0;
        throw new EventTooLargeException(maxBytes);
    }

    private void retry(int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            value = Math.min(value * 10 + digit, Integer.MAX_VALUE); // 24 days: never overflows
        }
        if (to > from) {
            retry = value;
        }
    }

    /** A blank line ends the event; null when it had no data. */
    private @Nullable SseEvent dispatch() {
        if (id != null) {
            lastEventId = id;
        }
        SseEvent event =
                dataSeen && !tooLarge
                        ? new SseEvent(
                                id,
                                type.isEmpty() ? "message" : type,
                                Arrays.copyOf(data, dataLength))
                        : null;
        if (data.length > BUFFER) {
            data = new byte[BUFFER];
        }
        dataLength = 0;
        dataSeen = false;
        tooLarge = false;
        type = "";
        id = null;
        return event;
    }

    private boolean startsWithByteOrderMark(int from, int to) {
        return to - from >= 3 && Arrays.equals(buffer, from, from + 3, BYTE_ORDER_MARK, 0, 3);
    }

    private boolean hasNul(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
