package io.tailrace.server.chaos;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The answer to a request, read strictly from a socket.
 *
 * @param head its status line and headers, each with a line feed at its end
 * @param rest what follows
 */
public record Reply(String head, InputStream rest) {

    /** Reads the head of what comes next. */
    public static Reply of(InputStream socket) throws IOException {
        InputStream in = new BufferedInputStream(socket);
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
        }
        return new Reply(head.toString(), in);
    }

    /** The status. */
    public int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    /** The body, whether it is chunked or of a known length. */
    public InputStream body() throws IOException {
        String headers = head.toLowerCase(Locale.ROOT);
        if (headers.contains("\ntransfer-encoding: chunked\n")) {
            return new ChunkedBody(rest);
        }
        String length = headers.replaceFirst("(?s).*\ncontent-length: (\\d+)\n.*", "$1");
        return new ByteArrayInputStream(whole(Integer.parseInt(length)));
    }

    private byte[] whole(int length) throws IOException {
        byte[] bytes = rest.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended within a body.");
        }
        return bytes;
    }

    /** A line that ends as it should; a failure of the network is an {@link IOException}. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended within a line.");
            }
            if (c < ' ') {
                throw new AssertionError("A line is broken off: " + line);
            }
            line.append((char) c);
        }
        expect(in, '\n');
        return line.toString();
    }

    static void expect(InputStream in, int wanted) throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("The connection ended within a line.");
        }
        if (c != wanted) {
            throw new AssertionError("A line or chunk does not end where it should.");
        }
    }
}
