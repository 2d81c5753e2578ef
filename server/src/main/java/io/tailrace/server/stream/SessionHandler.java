package io.tailrace.server.stream;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Cursor;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.RunsSnapshot;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code GET /api/sse/session/{session}}: opens a stream and stays until it ends. Thread-safe. */
public final class SessionHandler {

    private static final System.Logger LOGGER = System.getLogger(SessionHandler.class.getName());
    private static final Duration SNAPSHOT_WAIT = Duration.ofSeconds(5);

    private final Broker broker;
    private final SnapshotSource snapshots;
    private final SessionRegistry registry;
    private final SessionOptions options;
    private final SessionObserver observer;
    private final Clock clock;

    /**
     * Reads from that broker.
     *
     * @param snapshots gives the state of runs, folded from every entry up to its position
     */
    public SessionHandler(
            Broker broker,
            SnapshotSource snapshots,
            SessionRegistry registry,
            SessionOptions options,
            SessionObserver observer,
            Clock clock) {
        this.broker = broker;
        this.snapshots = snapshots;
        this.registry = registry;
        this.options = options;
        this.observer = observer;
        this.clock = clock;
    }

    /** Answers with a stream. */
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        SessionRequest asked = SessionRequest.of(request);
        try (Subscription subscription = broker.subscribe(asked.patterns(), start(asked))) {
            RunsSnapshot snapshot = snapshot(asked, subscription);
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            response.header(HeaderNames.CACHE_CONTROL, "no-cache");
            response.header("X-Accel-Buffering", "no");
            response.header(HeaderNames.VARY, "Accept-Encoding");
            boolean packed = takesGzip(request);
            if (packed) {
                response.header(HeaderNames.CONTENT_ENCODING, "gzip");
            }
            var writer = new FrameWriter(() -> wire(request, response), packed ? new Gzip() : null);
            var session =
                    new Session(
                            asked,
                            broker,
                            subscription,
                            writer,
                            registry.pump(),
                            options,
                            observer,
                            clock);
            registry.add(session);
            try {
                stream(session, writer, snapshot);
            } finally {
                registry.remove(session);
            }
            finish(writer);
        }
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("The stream has ended.");
        }
    }

    private void stream(Session session, FrameWriter writer, @Nullable RunsSnapshot snapshot) {
        observer.opened();
        String reason = "failed";
        try {
            session.run(snapshot);
            reason = "shutdown";
        } catch (EventLogException e) {
            LOGGER.log(System.Logger.Level.WARNING, "A stream ended: " + e.getMessage());
            throw new CloseConnectionException("The log cannot be read.", e);
        } catch (IOException | UncheckedIOException | CloseConnectionException e) {
            reason = writer.stalled() ? "stalled" : "gone";
            throw new CloseConnectionException("The reader went away.", e);
        } catch (InterruptedException e) {
            reason = writer.stalled() ? "stalled" : "shutdown";
            throw new CloseConnectionException("The stream was interrupted.", e);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "A stream failed.", e);
            throw new CloseConnectionException("The stream failed.", e);
        } finally {
            observer.closed(reason);
        }
    }

    private Start start(SessionRequest asked) {
        Cursor after = asked.after();
        long newest = broker.newest().position();
        if (after != null) {
            return new Start.After(after);
        }
        return asked.tail() > 0 ? new Start.Newest(asked.tail(), newest) : new Start.At(newest);
    }

    /**
     * A reader that resumes without a gap knows the state already, unless it says that it does not.
     */
    private @Nullable RunsSnapshot snapshot(SessionRequest asked, Subscription subscription)
            throws InterruptedException {
        Cursor after = asked.after();
        boolean clean =
                after != null
                        && subscription.continues(after)
                        && subscription.missingAtStart().isEmpty();
        if (!asked.snapshotDue() && (clean || !asked.snapshot())) {
            return null;
        }
        return snapshots
                .snapshotFrom(subscription.position(), SNAPSHOT_WAIT)
                .orElseThrow(() ->
                        new HttpProblem(
                                503,
                                "Not available",
                                "The state of runs is not up to date. Connect again later."));
    }

    private static Wire wire(ServerRequest request, ServerResponse response) {
        return SocketWires.fits(request)
                ? response.sink(SocketWire.TYPE)
                : new OutputWire(response.outputStream());
    }

    /** Whether the reader says that it unpacks gzip. */
    private static boolean takesGzip(ServerRequest request) {
        return request.headers().values(HeaderNames.ACCEPT_ENCODING).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(value -> value.replace(" ", "").toLowerCase(Locale.ROOT))
                .anyMatch(value ->
                        value.equals("gzip")
                                || (value.startsWith("gzip;q=")
                                        && !value.matches("gzip;q=0(\\.0*)?")));
    }

    private static void finish(FrameWriter writer) {
        try {
            writer.finish();
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("The reader went away.", e);
        }
    }
}
