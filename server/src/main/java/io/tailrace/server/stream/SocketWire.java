package io.tailrace.server.stream;

import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProviderContext;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A chunked HTTP/1.1 body, written past the server right into the socket, so that bytes that are
 * framed once can go to many readers.
 */
final class SocketWire implements Wire, Outlet, Sink<byte[]> {

    /** What to ask a response for. */
    static final GenericType<SocketWire> TYPE = GenericType.create(SocketWire.class);

    private final HelidonSocket socket;
    private final OutputStream out;
    private final Runnable ended;

    /** Sends the headers. */
    SocketWire(SinkProviderContext context) {
        socket = context.connectionContext().serverSocket();
        out = context.serverResponse().outputStream();
        ended = context.closeRunnable();
        context.flushHeaders();
    }

    /** One chunk: its size in hexadecimal, the bytes, and a line end. */
    static byte[] chunk(byte[] body, int length) {
        byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(body, 0, chunk, size.length, length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /**
     * Whether many may share a thread that writes: not with TLS, where each has its own bytes and a
     * blocked write cannot be ended by closing.
     */
    boolean shareable() {
        return !socket.isSecure();
    }

    /** Writes whole chunks. */
    @Override
    public void send(byte[] chunks) {
        socket.write(BufferData.create(chunks));
    }

    @Override
    public void write(byte[] body, int length) {
        send(chunk(body, length));
    }

    @Override
    public SocketWire emit(byte[] body) {
        write(body, body.length);
        return this;
    }

    @Override
    public void finish() throws IOException {
        out.close();
        ended.run();
    }

    /** Ends the connection, and a write that blocks with it. Any thread. */
    @Override
    public void close() {
        socket.close();
    }
}
