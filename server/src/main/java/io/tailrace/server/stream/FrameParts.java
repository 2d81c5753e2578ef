package io.tailrace.server.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes apart a server-sent event that the gateway built itself. */
final class FrameParts {

    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private FrameParts() {}

    /** The {@code event:} field. */
    static String kind(byte[] frame) {
        int from = 0;
        while (from < frame.length) {
            int end = end(frame, from);
            if (begins(frame, from, end, EVENT)) {
                int begin = from + EVENT.length;
                return new String(frame, begin, end - begin, StandardCharsets.UTF_8);
            }
            from = end + 1;
        }
        return "";
    }

    /** The payload; its lines joined by line feeds. */
    static byte[] data(byte[] frame) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(frame.length);
        int from = 0;
        boolean further = false;
        while (from < frame.length) {
            int end = end(frame, from);
            if (begins(frame, from, end, DATA)) {
                if (further) {
                    data.write('\n');
                }
                data.write(frame, from + DATA.length, end - from - DATA.length);
                further = true;
            }
            from = end + 1;
        }
        return data.toByteArray();
    }

    private static int end(byte[] frame, int from) {
        int end = from;
        while (end < frame.length && frame[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean begins(byte[] frame, int from, int end, byte[] field) {
        return end - from >= field.length
                && Arrays.equals(frame, from, from + field.length, field, 0, field.length);
    }
}
