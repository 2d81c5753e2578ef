package io.tailrace.server.chaos;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A reader as anybody would write one: a socket, a parser, and on each failure a new request with
 * the last id it saw. What it got is written down for the check.
 */
final class ChaosReader implements Runnable {

    private static final int SILENCE_MILLIS = 2_500; // the gateway promises a sign of life each 1 s

    private final URI gateway;
    private final String session;
    private final List<ChannelPattern> patterns;
    private final String epoch;
    private final History history = new History();
    private volatile boolean stopped;
    private volatile @Nullable Socket socket;

    /** Reads everything of those channels, from before the first entry on. */
    ChaosReader(URI gateway, String session, List<String> patterns, String epoch) {
        this.gateway = gateway;
        this.session = session;
        this.patterns = patterns.stream().map(ChannelPattern::parse).toList();
        this.epoch = epoch;
    }

    /** Whether it asked for that channel. */
    boolean wants(String channel) {
        return patterns.stream().anyMatch(p -> p.matches(new Channel(channel)));
    }

    @Override
    public String toString() {
        return session;
    }

    History history() {
        return history;
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
        String last = epoch + "-0";
        while (!stopped) {
            try (Socket connection = new Socket()) {
                socket = connection;
                connection.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.getPort()));
                connection.setSoTimeout(SILENCE_MILLIS);
                last = read(connection, last);
            } catch (IOException e) {
                LockSupport.parkNanos(10_000_000); // and again, from where it was
            }
        }
    }

    /** Reads until it fails; what came before that counts. */
    private String read(Socket connection, String after) throws IOException {
        String request =
                "GET /api/sse/session/%s?channels=%s HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: %s\r\nAccept: text/event-stream\r\n\r\n"
                        .formatted(
                                session,
                                patterns.stream()
                                        .map(ChannelPattern::toString)
                                        .collect(Collectors.joining(",")),
                                after);
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream body = ChunkedBody.of(connection.getInputStream());
        if (body == null) {
            return after; // 503, or not HTTP: later
        }
        SseReader reader = new SseReader(body);
        String last = after;
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                last = event.id() == null ? last : event.id();
                note(event);
            }
        } catch (IOException e) {
            LockSupport.parkNanos(1_000_000);
        }
        return last;
    }

    private void note(SseEvent event) {
        Event decoded = EventCodec.decode(event.data());
        if (decoded instanceof Event.Gap gap) {
            history.gap(gap);
        } else if (event.id() != null && decoded instanceof Event.Log log) {
            String id = event.id();
            long position = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
            history.add(
                    position,
                    new Ledger.Line(log.header().channel().name(), log.message()),
                    System.nanoTime());
        }
    }
}
