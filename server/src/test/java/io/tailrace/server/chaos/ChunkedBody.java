package io.tailrace.server.chaos;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body with chunked transfer encoding (RFC 9112, 7.1), read strictly: anything out of place is a
 * failure of the gateway, not of the network.
 */
final class ChunkedBody extends InputStream {

    private final InputStream in;
    private int left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The connection ended within a chunk.");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (!first) {
            endOfLine();
        }
        first = false;
        left = size(Reply.line(in));
        ended = left == 0;
        if (ended) {
            endOfLine();
        }
    }

    private void endOfLine() throws IOException {
        Reply.expect(in, '\r');
        Reply.expect(in, '\n');
    }

    private static int size(String line) {
        try {
            return Integer.parseInt(line, 16);
        } catch (NumberFormatException e) {
            throw new AssertionError("'" + line + "' is not the size of a chunk.", e);
        }
    }

    @Override
    public int available() throws IOException {
        return Math.min(left, in.available());
    }
}
