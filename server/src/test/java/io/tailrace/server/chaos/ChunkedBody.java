package io.tailrace.server.chaos;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a response with chunked transfer encoding (RFC 9112, 7.1), read strictly: anything
 * out of place is a failure of the gateway, not of the network.
 */
final class ChunkedBody extends InputStream {

    private final InputStream in;
    private long left;
    private boolean ended;
    private boolean begun;

    private ChunkedBody(InputStream in) {
        this.in = in;
    }

    /** The body of a 200 that comes next, or null when the response is another one. */
    static @Nullable InputStream of(InputStream socket) throws IOException {
        InputStream in = new BufferedInputStream(socket);
        String status = line(in);
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
        }
        return status.startsWith("HTTP/1.1 200") && chunked ? new ChunkedBody(in) : null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (left == 0) {
            if (begun && !line(in).isEmpty()) {
                throw new AssertionError("A chunk is longer than it says.");
            }
            begun = true;
            left = size(line(in));
            if (left == 0) {
                ended = true;
                return -1;
            }
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("The connection ended within a chunk.");
        }
        left -= count;
        return count;
    }

    private static long size(String line) {
        try {
            return Long.parseLong(line, 16);
        } catch (NumberFormatException e) {
            throw new AssertionError("'" + line + "' is not the size of a chunk.", e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection ended within a line.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
