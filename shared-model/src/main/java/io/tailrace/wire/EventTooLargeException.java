package io.tailrace.wire;

import java.io.IOException;

/** A server-sent event is larger than the reader accepts; reading goes on with the next one. */
public final class EventTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    EventTooLargeException(int maxBytes) {
        super(
                "An event on the stream is larger than %s and was passed over."
                        .formatted(size(maxBytes)));
    }

    private static String size(int bytes) {
        int mebibyte = 1024 * 1024;
        return bytes % mebibyte == 0 ? bytes / mebibyte + " MiB" : bytes + " bytes";
    }
}
