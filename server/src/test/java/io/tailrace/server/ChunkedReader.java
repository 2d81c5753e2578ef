package io.tailrace.server;

import io.tailrace.wire.SseReader;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/**
 * A reader that takes chunks apart by itself and forgives nothing: a body whose framing is broken
 * is an error. Its receive buffer is small, so that it soon holds up who writes to it.
 */
final class ChunkedReader extends InputStream {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final String head;
    private int left;
    private boolean first = true;
    private boolean ended;

    ChunkedReader(int port, String path, String... headers) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                        .formatted(path, String.join("", headers));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        in = new BufferedInputStream(socket.getInputStream());
        StringBuilder lines = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.append(line).append('\n');
        }
        head = lines.toString();
    }

    /** The events in it. */
    SseReader events() throws IOException {
        return new SseReader(head.contains("gzip") ? new GZIPInputStream(this, 512) : this);
    }

    /** The head of the response. */
    String head() {
        return head;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < ' ') {
                throw new IOException("A line is broken off: " + line);
            }
            line.append((char) c);
        }
        expect('\n');
        return line.toString();
    }

    private void expect(int wanted) throws IOException {
        if (in.read() != wanted) {
            throw new IOException("A chunk does not end where it should.");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
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
            expect('\r');
            expect('\n');
        }
        first = false;
        left = Integer.parseInt(line(), 16);
        ended = left == 0;
        if (ended) {
            expect('\r');
            expect('\n');
        }
    }

    @Override
    public int available() throws IOException {
        return Math.min(left, in.available());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
