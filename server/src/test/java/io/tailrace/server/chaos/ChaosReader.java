package io.tailrace.server.chaos;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reader as anybody would write one: a socket, a parser, and on each failure a new request with
 * the last id it saw. What it got is written down for the check.
 */
final class ChaosReader implements Runnable {

    private static final int SILENCE_MILLIS = 2_500; // the gateway promises a sign of life each 1 s

    /** How it gets its events: a stream, or page by page. */
    interface Way {
        /**
         * Asks once and reads what comes until that fails or ends; what came before that counts.
         *
         * @param last the last id so far
         * @return the last id after it
         */
        String read(ChaosReader reader, Socket connection, String last) throws IOException;
    }

    private final URI gateway;
    private final String session;
    private final Way way;
    private final Book wishes;
    private final History history = new History();
    // Held from before a request is made until its answer begins: what it asks for stays as it is.
    private final ReentrantLock opening = new ReentrantLock();
    // Guarded by opening.
    private String channels;
    private String token;
    private String last;
    private volatile boolean stopped;
    private volatile @Nullable Socket socket;

    /**
     * Reads everything of those channels.
     *
     * @param channels as it asks for them
     * @param wishes as they are
     * @param first the id before the first entry
     */
    ChaosReader(
            URI gateway,
            String session,
            Way way,
            String channels,
            Book wishes,
            String token,
            String first) {
        this.gateway = gateway;
        this.session = session;
        this.way = way;
        this.channels = channels;
        this.wishes = wishes;
        this.token = token;
        this.last = first;
    }

    @Override
    public String toString() {
        return session;
    }

    String session() {
        return session;
    }

    History history() {
        return history;
    }

    Book wishes() {
        return wishes;
    }

    /** Whose it is. Only whoever holds {@link #opening} sees what goes with a request. */
    String token() {
        return token;
    }

    /** Keeps requests away while something changes that they say; false when one is being made. */
    boolean changing(Runnable change) {
        if (!opening.tryLock()) {
            return false;
        }
        try {
            change.run();
            return true;
        } finally {
            opening.unlock();
        }
    }

    /** Within {@link #changing}: asks for these from now on. */
    void wants(String names) {
        channels = names;
    }

    /** Within {@link #changing}: shows this token from now on. */
    void shows(String other) {
        token = other;
    }

    void stop() throws IOException {
        stopped = true;
        Socket open = socket;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try (Socket connection = new Socket()) {
                socket = connection;
                connection.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.getPort()));
                connection.setSoTimeout(SILENCE_MILLIS);
                last = way.read(this, connection, last);
            } catch (IOException e) {
                LockSupport.parkNanos(10_000_000); // and again, from where it was
            }
        }
    }

    /**
     * Sends a request.
     *
     * @param path with the channels in place of {@code %s}
     * @return its answer, or null when that is not 200: later
     */
    @Nullable InputStream ask(Socket connection, String path, String after) throws IOException {
        opening.lock();
        try {
            String request =
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nLast-Event-ID: %s\r\n\r\n"
                            .formatted(path.formatted(channels), token, after);
            history.asks(token, position(after), wishes.newest(), System.nanoTime());
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Reply reply = Reply.of(connection.getInputStream());
            if (reply.status() != 200) {
                LockSupport.parkNanos(20_000_000); // 503, or a token that is over
                return null;
            }
            return reply.body();
        } finally {
            opening.unlock();
        }
    }

    static long position(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    }
}
