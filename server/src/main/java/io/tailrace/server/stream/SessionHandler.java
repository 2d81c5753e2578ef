package io.tailrace.server.stream;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Cursor;
import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.runs.RunsSnapshot;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/** {@code GET /api/sse/session/{session}}: opens a stream and stays until it ends. Thread-safe. */
public final class SessionHandler {

    private static final System.Logger LOGGER = System.getLogger(SessionHandler.class.getName());
    private static final Duration SNAPSHOT_WAIT = Duration.ofSeconds(5);

    private final Broker broker;
    private final SnapshotSource snapshots;
    private final SessionRegistry registry;
    private final StreamLimits limits;
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
            StreamLimits limits,
            SessionOptions options,
            SessionObserver observer,
            Clock clock) {
        this.broker = broker;
        this.snapshots = snapshots;
        this.registry = registry;
        this.limits = limits;
        this.options = options;
        this.observer = observer;
        this.clock = clock;
    }

    /** Answers with a stream. */
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        SessionRequest asked = SessionRequest.of(request);
        try (var _ = limits.enter(Caller.of(request), StreamLimits.Transport.SSE);
                Subscription subscription = broker.subscribe(asked.patterns(), start(asked))) {
            RunsSnapshot snapshot = snapshot(asked, subscription);
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            response.header(HeaderNames.CACHE_CONTROL, "no-cache");
            response.header("X-Accel-Buffering", "no");
            var lazy = new LazyOutput(response);
            var writer = new FrameWriter(lazy);
            var session =
                    new Session(asked, broker, subscription, writer, options, observer, clock);
            registry.add(session);
            try {
                stream(session, writer, snapshot);
            } finally {
                registry.remove(session);
            }
            lazy.finish();
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

    /** The response's stream, opened by the first write: until then a problem can be answered. */
    private static final class LazyOutput extends OutputStream {

        private final ServerResponse response;
        private @Nullable OutputStream out;

        LazyOutput(ServerResponse response) {
            this.response = response;
        }

        private OutputStream out() {
            if (out == null) {
                out = response.outputStream();
            }
            return out;
        }

        @Override
        public void write(int b) throws IOException {
            out().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out().flush();
        }

        /** The end that a reader recognises as one. */
        void finish() {
            try {
                out().close();
            } catch (IOException | UncheckedIOException e) {
                throw new CloseConnectionException("The reader went away.", e);
            }
        }
    }
}
