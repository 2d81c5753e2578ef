package io.tailrace.server.stream;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.access.Caller;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.runs.RunsSnapshot;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code GET /api/sse/session/{session}}: opens a stream and stays until it ends. Thread-safe. */
public final class SessionHandler {

    private static final System.Logger LOGGER = System.getLogger(SessionHandler.class.getName());

    private static final Carried.End UNREADABLE =
            new Carried.End(
                    "unreadable",
                    "The gateway cannot read what comes next from its event log: an operator finds"
                            + " the reason at /health/ready. Nothing was skipped.");

    private final StreamContext context;

    /** Streams from there. */
    public SessionHandler(StreamContext context) {
        this.context = context;
    }

    /** Answers with a stream. */
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        SessionRequest asked = SessionRequest.of(request);
        Caller caller = Caller.of(request);
        try (var _ = context.places().enter(caller, StreamLimits.Transport.SSE);
                Carried carried = context.open(asked, caller)) {
            RunsSnapshot snapshot = context.snapshot(asked, carried.subscription());
            boolean packed = takesGzip(request);
            var writer = new FrameWriter(() -> wire(request, response), packed ? new Gzip() : null);
            var session = new Session(asked, carried, writer, context);
            context.registry().add(session); // or a problem is the answer, not a stream
            try {
                headers(response, packed);
                stream(session, writer, snapshot);
                finish(writer); // watched like every other write
            } finally {
                context.registry().remove(session);
            }
        }
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("The stream has ended.");
        }
    }

    private static void headers(ServerResponse response, boolean packed) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.header("X-Accel-Buffering", "no");
        response.header(HeaderNames.VARY, "Accept-Encoding");
        if (packed) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
    }

    private void stream(Session session, FrameWriter writer, @Nullable RunsSnapshot snapshot) {
        context.observer().opened();
        String reason = "failed";
        try {
            reason = run(session, snapshot);
        } catch (IOException | UncheckedIOException | CloseConnectionException e) {
            reason = session.reason(writer.stalled() ? "stalled" : "gone");
            throw new CloseConnectionException("The reader went away.", e);
        } catch (InterruptedException e) {
            reason = session.reason(writer.stalled() ? "stalled" : "shutdown");
            throw new CloseConnectionException("The stream was interrupted.", e);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "A stream failed.", e);
            throw new CloseConnectionException("The stream failed.", e);
        } finally {
            context.observer().closed(reason);
        }
    }

    private static String run(Session session, @Nullable RunsSnapshot snapshot)
            throws IOException, InterruptedException {
        try {
            return session.run(snapshot);
        } catch (EventLogException e) {
            LOGGER.log(System.Logger.Level.WARNING, "A stream ended: " + e.getMessage());
            return session.end(UNREADABLE);
        }
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
