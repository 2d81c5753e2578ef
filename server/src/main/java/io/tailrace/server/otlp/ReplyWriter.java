package io.tailrace.server.otlp;

import io.tailrace.server.http.Json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few small messages that are answered, in either encoding. */
final class ReplyWriter {

    private static final int LENGTH = 2;

    private ReplyWriter() {}

    /**
     * An {@code Export…ServiceResponse}.
     *
     * @param counted what the number of rejected records is called in JSON
     * @param rejected how many were rejected; when none was, the response is empty
     * @param why the first one was
     */
    static byte[] response(Encoding encoding, String counted, long rejected, String why) {
        if (encoding == Encoding.JSON) {
            return Json.object(json -> {
                if (rejected > 0) {
                    json.writeObjectFieldStart("partialSuccess");
                    json.writeStringField(counted, String.valueOf(rejected));
                    json.writeStringField("errorMessage", why);
                    json.writeEndObject();
                }
            });
        }
        var response = new ByteArrayOutputStream();
        if (rejected > 0) {
            var partial = new ByteArrayOutputStream();
            number(partial, 1, rejected);
            bytes(partial, 2, why.getBytes(StandardCharsets.UTF_8));
            bytes(response, 1, partial.toByteArray());
        }
        return response.toByteArray();
    }

    /** A {@code google.rpc.Status}. */
    static byte[] status(Encoding encoding, int httpStatus, String message) {
        int code = code(httpStatus);
        if (encoding == Encoding.JSON) {
            return Json.object(json -> {
                json.writeNumberField("code", code);
                json.writeStringField("message", message);
            });
        }
        var status = new ByteArrayOutputStream();
        number(status, 1, code);
        bytes(status, 2, message.getBytes(StandardCharsets.UTF_8));
        return status.toByteArray();
    }

    private static int code(int httpStatus) {
        return switch (httpStatus) {
            case 401 -> 16; // unauthenticated
            case 403 -> 7; // permission denied
            case 413, 429 -> 8; // resource exhausted
            case 503 -> 14; // unavailable
            default -> httpStatus < 500 ? 3 : 13; // invalid argument, internal
        };
    }

    private static void number(ByteArrayOutputStream out, int field, long value) {
        varint(out, (long) field << 3);
        varint(out, value);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
        varint(out, ((long) field << 3) | LENGTH);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
