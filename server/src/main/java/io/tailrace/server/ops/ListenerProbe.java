package io.tailrace.server.ops;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the gateway's own listener whether it lives, over a real connection.
 *
 * @param address where it listens
 * @param encrypted whether it speaks TLS: then any reaction will do, for only a living listener
 *     hangs up on what is no TLS
 */
public record ListenerProbe(Supplier<InetSocketAddress> address, boolean encrypted)
        implements Supplier<Optional<String>> {

    private static final int PATIENCE_MILLIS = 3_000;
    private static final byte[] REQUEST =
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** Why it does not answer; empty when it does. */
    @Override
    public Optional<String> get() {
        InetSocketAddress where = address.get();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(where, PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            String answer = encrypted ? anyAnswer(socket) : firstLine(socket.getInputStream());
            return encrypted || answer.startsWith("HTTP/1.1 200")
                    ? Optional.empty()
                    : Optional.of(
                            "Its own listener on port %d answers '%s'."
                                    .formatted(where.getPort(), answer));
        } catch (SocketTimeoutException e) {
            return Optional.of(
                    "Its own listener on port %d does not answer.".formatted(where.getPort()));
        } catch (IOException e) {
            return Optional.of(
                    "Its own listener on port %d cannot be reached: %s."
                            .formatted(where.getPort(), e.getMessage()));
        }
    }

    /** To a request that is not encrypted, a listener that lives says no in one way or another. */
    private static String anyAnswer(Socket socket) throws SocketTimeoutException {
        try {
            return "byte " + socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return "reset";
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r' && line.length() < 100; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
