package io.tailrace.wire;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Builds server-sent event frames as bytes.
 *
 * <p>Nothing that is passed in can end a field early: line breaks and NUL in an id or a kind are
 * refused, and data is split into as many lines as it has. Thread-safe.
 */
public final class SseFrame {

    private static final byte[] ID = utf8("id: ");
    private static final byte[] EVENT = utf8("event: ");
    private static final byte[] DATA = utf8("data: ");

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long CARRIAGE_RETURNS = ONES * '\r';

    private SseFrame() {}

    /**
     * One event. Of the data only line breaks change: a reader gets LF for CR and CRLF.
     *
     * @param id what a reader resumes after, or null when the event was not stored
     * @param kind the {@code event:} field
     * @param data the payload in UTF-8
     * @throws IllegalArgumentException when the id or the kind has a line break or NUL
     */
    public static byte[] event(@Nullable String id, String kind, byte[] data) {
        byte[] idBytes = id == null ? null : checked("id", id);
        byte[] kindBytes = checked("kind", kind);
        int size = EVENT.length + kindBytes.length + 1 + dataSize(data) + 1;
        if (idBytes != null) {
            size += ID.length + idBytes.length + 1;
        }
        byte[] frame = new byte[size];
        int at = 0;
        if (idBytes != null) {
            at = line(frame, at, ID, idBytes, 0, idBytes.length);
        }
        at = line(frame, at, EVENT, kindBytes, 0, kindBytes.length);
        at = dataLines(frame, at, data);
        frame[at] = '\n';
        return frame;
    }

    /**
     * Tells the reader how long to wait before it reconnects.
     *
     * @param millis the wait, in milliseconds
     */
    public static byte[] retry(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("A reader cannot wait less than 0 milliseconds.");
        }
        return utf8("retry: " + millis + "\n\n");
    }

    /** A comment, which readers pass over: a sign of life. */
    public static byte[] comment(String text) {
        StringBuilder frame = new StringBuilder(text.length() + 4);
        text.lines().forEach(line -> frame.append(": ").append(line).append('\n'));
        if (frame.isEmpty()) {
            frame.append(":\n");
        }
        return utf8(frame.append('\n').toString());
    }

    /** What the data takes as lines, each with its field name and line feed. */
    private static int dataSize(byte[] data) {
        int size = data.length + DATA.length + 1;
        for (int i = firstBreak(data); i < data.length; i++) {
            if (data[i] == '\n' || data[i] == '\r') {
                boolean pair = data[i] == '\r' && i + 1 < data.length && data[i + 1] == '\n';
                size += DATA.length - (pair ? 1 : 0);
                i += pair ? 1 : 0;
            }
        }
        return size;
    }

    /** Where the first line break is, or the length: eight bytes at a time, for most have none. */
    private static int firstBreak(byte[] data) {
        int at = 0;
        while (at + 8 <= data.length) {
            long word = (long) WORDS.get(data, at);
            if (hasZero(word ^ LINE_FEEDS) || hasZero(word ^ CARRIAGE_RETURNS)) {
                break;
            }
            at += 8;
        }
        while (at < data.length && data[at] != '\n' && data[at] != '\r') {
            at++;
        }
        return at;
    }

    private static boolean hasZero(long word) {
        return ((word - ONES) & ~word & HIGH_BITS) != 0;
    }

    private static int dataLines(byte[] frame, int start, byte[] data) {
        int at = start;
        int from = 0;
        for (int i = firstBreak(data); i < data.length; i++) {
            if (data[i] == '\n' || data[i] == '\r') {
                at = line(frame, at, DATA, data, from, i);
                boolean pair = data[i] == '\r' && i + 1 < data.length && data[i + 1] == '\n';
                i += pair ? 1 : 0;
                from = i + 1;
            }
        }
        return line(frame, at, DATA, data, from, data.length);
    }

    private static int line(byte[] frame, int start, byte[] name, byte[] from, int begin, int end) {
        System.arraycopy(name, 0, frame, start, name.length);
        int at = start + name.length;
        System.arraycopy(from, begin, frame, at, end - begin);
        at += end - begin;
        frame[at] = '\n';
        return at + 1;
    }

    private static byte[] checked(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw new IllegalArgumentException(
                        "The %s of an event may not have line breaks or NUL.".formatted(field));
            }
        }
        return utf8(value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
