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
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** {@code GET /api/sse/session/{session}}: opens a stream and stays until it ends. Thread-safe. */
public final class SessionHandler {

    private static final System.Logger LOGGER = System.getLogger(SessionHandler.class.getName());

    private final StreamContext context;

    /** Streams from there. */
    public SessionHandler(StreamContext context) {
        this.context = context;
    }

    /** Answers with a stream. */
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        SessionRequest asked = SessionRequest.of(request);
        try (Carried carried = context.open(asked, Caller.of(request))) {
            RunsSnapshot snapshot = context.snapshot(asked, carried.subscription());
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            response.header(HeaderNames.CACHE_CONTROL, "no-cache");
            response.header("X-Accel-Buffering", "no");
            var lazy = new LazyOutput(response);
            var writer = new FrameWriter(lazy);
            var session = new Session(asked, carried, writer, context);
            context.registry().add(session);
            try {
                stream(session, writer, snapshot);
            } finally {
                context.registry().remove(session);
            }
            lazy.finish();
        }
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("The stream has ended.");
        }
    }

    private void stream(Session session, FrameWriter writer, @Nullable RunsSnapshot snapshot) {
        context.observer().opened();
        String reason = "failed";
        try {
            reason = session.run(snapshot);
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
            context.observer().closed(reason);
        }
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
