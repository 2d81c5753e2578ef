package io.tailrace.server.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Sends POST requests over one kept connection, at hardly any cost. One thread. */
final class RawPost implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] reply = new byte[8_192];
    private byte[] body = new byte[0]; // of the request before
    private String target = "";
    private byte[] request = new byte[0];

    RawPost(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = socket.getInputStream();
    }

    /**
     * Sends and waits for the reply.
     *
     * @param content the same as before costs least
     * @throws IOException when it is not a success
     */
    void post(String path, String type, byte[] content) throws IOException {
        if (!path.equals(target) || !Arrays.equals(content, body)) {
            body = content;
            target = path;
            request = request(path, type, content);
        }
        out.write(request);
        int size = 0;
        int end = -1;
        while (end < 0 || size < end) {
            int count = in.read(reply, size, reply.length - size);
            if (count < 0) {
                throw new IOException("The server closed the connection.");
            }
            size += count;
            end = end < 0 ? end(size) : end;
        }
        String text = new String(reply, 0, size, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("HTTP/1.1 20")) {
            throw new IOException(text);
        }
    }

    private static byte[] request(String path, String type, byte[] body) {
        byte[] head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, type, body.length)
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Where the reply ends; negative while that is not known. */
    private int end(int size) {
        String text = new String(reply, 0, size, StandardCharsets.ISO_8859_1);
        int headers = text.indexOf("\r\n\r\n");
        if (headers < 0) {
            return -1;
        }
        int length = text.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
        int from = length + "\r\ncontent-length:".length();
        return length < 0
                ? headers + 4
                : headers
                        + 4
                        + Integer.parseInt(text.substring(from, text.indexOf('\r', from)).strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
