package io.tailrace.server;

import io.tailrace.server.chaos.Reply;
import io.tailrace.wire.SseReader;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/**
 * A reader that takes chunks apart by itself and forgives nothing. Its receive buffer is small, so
 * that it soon holds up who writes to it.
 */
final class ChunkedReader implements AutoCloseable {

    private final Socket socket = new Socket();
    private final Reply reply;

    ChunkedReader(int port, String path, String... headers) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                        .formatted(path, String.join("", headers));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        reply = Reply.of(socket.getInputStream());
    }

    /** The events in it. */
    SseReader events() throws IOException {
        InputStream body = reply.body();
        return new SseReader(head().contains("gzip") ? new GZIPInputStream(body, 512) : body);
    }

    /** The head of the response. */
    String head() {
        return reply.head();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
